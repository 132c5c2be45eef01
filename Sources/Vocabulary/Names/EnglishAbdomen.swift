// SPDX-License-Identifier: Apache-2.0
extension NameTable {
  /// Names of the abdomen and pelvis in English and TG-263.
  static let englishAbdomen: NameList = [
    (.liver, "liver, whole liver, liver whole, total liver"),
    (.gallbladder, "gallbladder, gall blad, gall bladder, gb"),
    (
      .bileDuct,
      "bile duct, bile duct common, common bile duct, cbd, bile ducts, hepatic duct, common hepatic duct"
    ),
    (.portalVein, "portal vein, v portal, portal vein and splenic vein"),
    (.hepaticVein, "hepatic vein, hepatic veins, v hepatic"),
    (.hepaticArtery, "a hepatic, hepatic artery"),
    (.hepaticVessels, "liver vessels, liver vessel, hepatic vessel, hepatic vessels"),
    (
      .unused,
      """
      liver segment, hepatic segment, porta hepatis, liver hilum, hepatic hilum, hepatobiliary tract, \
      lig hepatogastrc, falciform ligament, caudate lobe, liver cyst, hepatic cyst, splenic vein, v splenic, \
      a splenic, splenic artery
      """
    ),
    (.stomach, "stomach, stom, stomac"),
    (
      .stomachAndDuodenum,
      "stomach duo, stomach duodenum, stomach and duodenum, stomach duod, stomach and duo, duodenum stomach"
    ),
    (.duodenum, "duodenum, duod, duo"),
    (
      .smallBowel,
      """
      bowel small, small bowel, jejunum, ileum, jejunum ileum, bowel, intestine, small intestine, \
      intestine small, bowel sm, sm bowel, s bowel, bowel loops, small bowel loops
      """
    ),
    (.bowelBag, "bag bowel, bowel bag"),
    (.bowelSpace, "spc bowel, bowel space, spc bowel small"),
    (.colon, "colon, bowel large, large bowel, bowel lg, large intestine"),
    (
      .part(of: .colon),
      """
      colon ascending, ascending colon, colon descending, colon decending, descending colon, colon \
      transverse, transverse colon, cecum, caecum, rectosigmoid, colon hepatic flexure, hepatic flexure, \
      splenic flexure
      """
    ),
    (.sigmoid, "sigmoid, colon sigmoid, sigmoid colon"),
    (.rectum, "rectum"),
    (.kidney, "kidney, kidneys, kid, both kidneys, kidneys both, total kidneys, kidneys total"),
    (
      .unused,
      """
      kidney cyst, renal cyst, kidney hilum, kidney hilums, renal hilum, kidney cortex, renal cortex, kidney \
      pelvis, renal pelvis, a renal, renal artery, renal arteries, v renal, renal vein, a celiac, celiac \
      trunk, celiac artery, coeliac trunk, celiac plexus, a mesenteric, a mesenteric s, a mesenteric i, \
      superior mesenteric artery, inferior mesenteric artery, sma, smv, superior mesenteric vein, v \
      mesenteric
      """
    ),
    (.spleen, "spleen"),
    (.pancreas, "pancreas, panc"),
    (.part(of: .pancreas), "pancreas head, pancreas tail, pancreas body, head of pancreas, tail of pancreas"),
    (
      .adrenal,
      "adrenal, adrenals, adrenal gland, adrenal glands, glnd adrenal, glnd adrenals, suprarenal gland"
    ),
    (.ureter, "ureter, ureters"),
    (.sacralPlexus, "sacral plex, sacral plexus, sacralplexus, lumbosacral plexus"),
    (.bladder, "bladder, urinary bladder"),
    (.prostate, "prostate"),
    (KnownStructure("A_Iliac", .other, isPaired: true), "iliac artery, a iliac"),
    (KnownStructure("V_Iliac", .other, isPaired: true), "iliac vena, iliac vein, v iliac"),
    (
      .unused,
      """
      a iliac int, a iliac ext, v iliac int, v iliac ext, a femoral, femoral artery, abdomen, abdominal cavity, \
      peritoneal cavity, peritoneum, retroperitoneum, mesentery, omentum, ascites, abdominal wall, anus, \
      anal canal, canal anal, sphincter anal, appendix, mesorectum, seminal ves, seminal vesicle, seminal \
      vesicles, penile bulb, penis, scrotum, testis, testes, uterus, cervix, ovary, ovaries, vagina, vulva, \
      urethra, urethra prostatc, prostate bed, perineum, genitals, pelvis, bag ostomy, spleen hilum, iliac \
      nodes
      """
    ),
  ]
}
