struct CoverProgramme {
  let radius: Double
  let limit: DeliveryLimit
  let most: Int
  func cover(_ points: [SIMD3<Double>], inner: [SIMD3<Double>]) -> [(centre: SIMD3<Double>, track: Int)]? {
    nil
  }
}
