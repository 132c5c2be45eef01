// SPDX-License-Identifier: Apache-2.0
// The smallest WebGL renderer that does: one shader, a turntable camera, opaque bodies first, then glass ones from far to near.
(() => {
  "use strict";
  const { add, scale, dot, cross } = OligoPlan.vector;

  const VERTEX = `
    attribute vec3 point; attribute vec3 normal; uniform mat4 matrix;
    varying vec3 p; varying vec3 n;
    void main() { p = point; n = normal; gl_Position = matrix * vec4(point, 1.0); }`;
  // A lamp at the eye and a weaker one from above; both sides are lit, for one looks into glass bodies too.
  // At the rim a glass body is thicker along the ray, so it is less transparent there.
  const FRAGMENT = `
    precision mediump float;
    uniform vec3 colour; uniform float alpha; uniform vec3 eye; uniform vec3 up;
    varying vec3 p; varying vec3 n;
    void main() {
      vec3 normal = normalize(n); vec3 ray = normalize(eye - p);
      float facing = abs(dot(normal, ray));
      float light = 0.34 + 0.56 * facing + 0.16 * max(dot(normal, up), 0.0);
      float shine = alpha > 0.98 ? 0.18 * pow(facing, 24.0) : 0.0;
      float rim = alpha > 0.98 ? 1.0 : 0.55 + 1.1 * (1.0 - facing);
      gl_FragColor = vec4(colour * light + shine, min(1.0, alpha * rim));
    }`;

  function create(canvas) {
    const options = { antialias: true, alpha: false, depth: true };
    const gl = canvas.getContext("webgl2", options) || canvas.getContext("webgl", options);
    if (!gl) return null;
    let program, place, where;

    function compile() {
      const make = (type, source) => {
        const shader = gl.createShader(type);
        gl.shaderSource(shader, source);
        gl.compileShader(shader);
        return shader;
      };
      program = gl.createProgram();
      gl.attachShader(program, make(gl.VERTEX_SHADER, VERTEX));
      gl.attachShader(program, make(gl.FRAGMENT_SHADER, FRAGMENT));
      gl.linkProgram(program);
      if (!gl.getProgramParameter(program, gl.LINK_STATUS)) return false;
      gl.useProgram(program);
      where = { point: gl.getAttribLocation(program, "point"), normal: gl.getAttribLocation(program, "normal") };
      place = {};
      for (const name of ["matrix", "colour", "alpha", "eye", "up"]) place[name] = gl.getUniformLocation(program, name);
      gl.enableVertexAttribArray(where.point);
      gl.enableVertexAttribArray(where.normal);
      gl.enable(gl.DEPTH_TEST);
      gl.blendFunc(gl.SRC_ALPHA, gl.ONE_MINUS_SRC_ALPHA);
      return true;
    }
    if (!compile()) return null;

    function upload(mesh) {
      mesh.points = gl.createBuffer();
      gl.bindBuffer(gl.ARRAY_BUFFER, mesh.points);
      gl.bufferData(gl.ARRAY_BUFFER, mesh.data, gl.STATIC_DRAW);
      mesh.corners = gl.createBuffer();
      gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, mesh.corners);
      gl.bufferData(gl.ELEMENT_ARRAY_BUFFER, mesh.index, gl.STATIC_DRAW);
    }

    /// camera: { target, distance, azimuth, elevation } – azimuth 0 looks at the patient's front, 90° at the left side.
    function axesOf(camera) {
      const ca = Math.cos(camera.azimuth), sa = Math.sin(camera.azimuth), ce = Math.cos(camera.elevation), se = Math.sin(camera.elevation);
      const back = [sa * ce, -ca * ce, se], right = [ca, sa, 0];
      return { back, right, up: cross(back, right) };
    }
    function matrixOf(camera, aspect, radius) {
      const { back, right, up } = axesOf(camera);
      const eye = add(camera.target, scale(back, camera.distance));
      const near = Math.max(1, camera.distance * 0.05), far = camera.distance + 3 * radius + 100;
      const f = 1 / Math.tan(Math.PI / 12), e = f * Math.min(1, aspect);    // 30° across the shorter side
      const a = (far + near) / (near - far), b = 2 * far * near / (near - far);
      const row = axis => [axis[0], axis[1], axis[2], -dot(axis, eye)];
      const r = row(right), u = row(up), d = row(back);
      const matrix = new Float32Array(16);
      for (let i = 0; i < 4; i++) {
        matrix[4 * i] = r[i] * e / aspect;
        matrix[4 * i + 1] = u[i] * e;
        matrix[4 * i + 2] = a * d[i] + (i === 3 ? b : 0);
        matrix[4 * i + 3] = -d[i];
      }
      return { matrix, eye, up, right, back };
    }

    /// items: { mesh, colour: [r, g, b] 0…1, alpha, visible }
    function draw(items, camera, ground, radius) {
      const w = canvas.width, h = canvas.height;
      const { matrix, eye, up, back } = matrixOf(camera, w / h, radius);
      gl.viewport(0, 0, w, h);
      gl.clearColor(ground[0], ground[1], ground[2], 1);
      gl.depthMask(true);
      gl.clear(gl.COLOR_BUFFER_BIT | gl.DEPTH_BUFFER_BIT);
      gl.useProgram(program);
      gl.uniformMatrix4fv(place.matrix, false, matrix);
      gl.uniform3fv(place.eye, eye);
      gl.uniform3fv(place.up, up);
      const shown = items.filter(item => item.mesh && item.visible && item.alpha > 0.004);
      const one = item => {
        gl.uniform3fv(place.colour, item.colour);
        gl.uniform1f(place.alpha, item.alpha);
        gl.bindBuffer(gl.ARRAY_BUFFER, item.mesh.points);
        gl.vertexAttribPointer(where.point, 3, gl.FLOAT, false, 24, 0);
        gl.vertexAttribPointer(where.normal, 3, gl.FLOAT, false, 24, 12);
        gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, item.mesh.corners);
        gl.drawElements(gl.TRIANGLES, item.mesh.index.length, gl.UNSIGNED_SHORT, 0);
      };
      gl.disable(gl.BLEND);
      gl.disable(gl.CULL_FACE);
      for (const item of shown) if (item.alpha > 0.98) one(item);
      gl.enable(gl.BLEND);
      gl.enable(gl.CULL_FACE);
      gl.depthMask(false);
      // A body that holds others (skin, lungs) is behind and before them at once. So two rounds over all: back faces, those
      // that reach farthest away first; then front faces, those that come nearest last.
      const glass = shown.filter(item => item.alpha <= 0.98);
      const reach = (item, sign) => {
        let sum = 0;
        for (let i = 0; i < 3; i++) sum += back[i] * (item.mesh.low[i] + item.mesh.high[i]) / 2 + sign * Math.abs(back[i]) * (item.mesh.high[i] - item.mesh.low[i]) / 2;
        return sum;
      };
      const order = sign => glass.map(item => [item, reach(item, sign)]).sort((a, b) => a[1] - b[1]);
      gl.cullFace(gl.FRONT);
      for (const [item] of order(-1)) one(item);
      gl.cullFace(gl.BACK);
      for (const [item] of order(1)) one(item);
      gl.depthMask(true);
    }

    function pick(x, y) {                       // only right after draw(), before the browser takes the picture away
      const pixel = new Uint8Array(4);
      gl.readPixels(x, y, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, pixel);
      return [...pixel];
    }
    return { gl, compile, upload, draw, axesOf, pick };
  }

  OligoPlan.gl3d = { create };
})();
