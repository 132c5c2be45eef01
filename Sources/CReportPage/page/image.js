// SPDX-License-Identifier: Apache-2.0
// The CT under what is drawn: unpacked once, and one plane of it as a picture in a window of Hounsfield units.
(() => {
  "use strict";
  const { AXES } = OligoPlan.sections;
  const head = (() => {
    const element = document.getElementById("image");
    if (!element) return null;
    try {
      const found = JSON.parse(element.textContent);
      const whole = Array.isArray(found.size) && found.size.length === 3 && found.levels && found.levels.length === 256;
      return whole && typeof DecompressionStream === "function" ? found : null;
    } catch (error) { return null; }
  })();

  const PRESETS = { lung: { level: -500, width: 1500 }, soft: { level: 40, width: 400 } };
  let voxels = null, asked = null;

  /// Unpacks the voxels; resolves to whether they are there.
  function load() {
    if (!head) return Promise.resolve(false);
    asked = asked || (async () => {
      const packed = Uint8Array.from(atob(head.voxels), letter => letter.charCodeAt(0));
      head.voxels = "";
      const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
      const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
      if (bytes.length !== head.size[0] * head.size[1] * head.size[2]) return false;
      // Each value was written as its difference from the one before.
      for (let i = 1; i < bytes.length; i++) bytes[i] = (bytes[i] + bytes[i - 1]) & 255;
      voxels = bytes;
      return true;
    })().catch(() => false);
    return asked;
  }

  const pictures = new Map();
  /// A plane as a canvas, its first row that of the least coordinate; `null` outside the image.
  function picture(plane, at, { level, width }) {
    const { n, h, v } = AXES[plane], index = Math.floor((at - head.cornerMM[n]) / head.stepMM[n]);
    if (index < 0 || index >= head.size[n]) return null;
    const key = `${plane} ${index} ${level} ${width}`;
    if (pictures.has(key)) return pictures.get(key);
    const grey = Uint8ClampedArray.from(head.levels, value => Math.round(255 * (value - level + width / 2) / width));
    const [nx, ny] = head.size, stride = [1, nx, nx * ny], w = head.size[h], tall = head.size[v];
    const canvas = document.createElement("canvas");
    canvas.width = w; canvas.height = tall;
    const context = canvas.getContext("2d"), data = context.createImageData(w, tall), pixels = data.data;
    let out = 0;
    for (let row = 0; row < tall; row++) {
      let voxel = index * stride[n] + row * stride[v];
      for (let column = 0; column < w; column++, voxel += stride[h], out += 4) {
        const value = grey[voxels[voxel]];
        pixels[out] = value; pixels[out + 1] = value; pixels[out + 2] = value; pixels[out + 3] = 255;
      }
    }
    context.putImageData(data, 0, 0);
    // Some dozens of planes: enough to move back and forth.
    if (pictures.size > 60) pictures.delete(pictures.keys().next().value);
    pictures.set(key, canvas);
    return canvas;
  }

  /// Draws the plane of a frame in pixels; returns whether there was one.
  function draw(context, { plane, at, window }, toPx) {
    if (!voxels || !window) return false;
    const found = picture(plane, at, window);
    if (!found) return false;
    const { h, v } = AXES[plane];
    const a = toPx(head.cornerMM[h], head.cornerMM[v]);
    const b = toPx(head.cornerMM[h] + head.size[h] * head.stepMM[h], head.cornerMM[v] + head.size[v] * head.stepMM[v]);
    context.save();
    context.imageSmoothingEnabled = true;
    context.imageSmoothingQuality = "high";
    context.translate(a[0], a[1]);
    context.scale((b[0] - a[0]) / found.width, (b[1] - a[1]) / found.height);
    context.drawImage(found, 0, 0);
    context.restore();
    return true;
  }

  OligoPlan.image = { exists: !!head, own: head && head.window, PRESETS, load, draw };
})();
