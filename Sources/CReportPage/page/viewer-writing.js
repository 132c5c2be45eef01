// SPDX-License-Identifier: Apache-2.0
// Writing on a plane: each text looks for a place that nothing else has taken.
(() => {
  "use strict";
  const FONT = "system-ui, -apple-system, 'Segoe UI', sans-serif";

  /// Writing on a sheet, in pixels.
  function writingOn({ context, frame: { w, h, palette } }) {
    const boxes = [];                                              // places that are taken by text or by the lesion
    const free = box => box[0] >= 2 && box[1] >= 2 && box[2] <= w - 2 && box[3] <= h - 2
      && !boxes.some(other => box[0] < other[2] && box[2] > other[0] && box[1] < other[3] && box[3] > other[1]);
    const write = (text, x, y, colour) => {                        // x, y: the middle
      context.setLineDash([]);
      context.strokeStyle = palette.ground; context.lineWidth = 3.5;
      context.strokeText(text, x, y);
      context.fillStyle = colour;
      context.fillText(text, x, y);
    };
    const place = (text, spots, colour, width) => {
      if (!spots.length) return false;
      const half = (width || context.measureText(text).width) / 2 + 2;
      for (const [x, y] of spots) {
        const box = [x - half, y - 7, x + half, y + 7];
        if (!free(box)) continue;
        boxes.push(box);
        write(text, x, y, colour);
        return true;
      }
      return false;
    };
    const font = (size, weight) => { context.font = `${weight ? `${weight} ` : ""}${size}px ${FONT}`; };
    const begin = () => {
      context.textAlign = "center"; context.textBaseline = "middle";
      context.direction = "ltr";
      context.lineJoin = "round";
    };
    return { begin, font, take: box => { boxes.push(box); }, write, place };
  }

  OligoPlan.writing = { on: writingOn };
})();
