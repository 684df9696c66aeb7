/** A talking face, its slides and its tune, encoded by the browser in which this runs; nothing outside it is there. */
export async function encode({ seconds, slides }) {
  const chunks = [];
  const keep = (kind) => (chunk) => {
    const bytes = new Uint8Array(chunk.byteLength);
    chunk.copyTo(bytes);
    chunks.push({ kind, key: chunk.type === 'key', at: chunk.timestamp, base64: btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')) });
  };
  const error = (problem) => {
    throw problem;
  };
  const paint = async (kind, [width, height, fps, bitrate, keyEvery], draw) => {
    const encoder = new VideoEncoder({ output: keep(kind), error });
    encoder.configure({ codec: 'vp8', width, height, framerate: fps, bitrate, latencyMode: 'quality' });
    const canvas = new OffscreenCanvas(width, height);
    const context = canvas.getContext('2d');
    if (!context) throw new Error('no canvas');
    for (let i = 0; i < seconds * fps; i += 1) {
      draw(context, i / fps);
      const frame = new VideoFrame(canvas, { timestamp: Math.round(i * 1e6 / fps) });
      encoder.encode(frame, { keyFrame: i % (keyEvery * fps) === 0 });
      frame.close();
      if (i % 20 === 0) await encoder.flush();
    }
    await encoder.flush();
  };
  await paint('camera', [320, 180, 8, 5e4, 5], (c, second) => {
    const speaks = 4 + 5 * Math.abs(Math.sin(second * 9)) * (Math.sin(second * 1.7) > -0.6 ? 1 : 0.1);
    const [x, y] = [160 + 4 * Math.sin(second), 84 + 2 * Math.sin(second * 1.3)];
    c.fillStyle = '#c9d8e6';
    c.fillRect(0, 0, 320, 180);
    c.fillStyle = '#17324d';
    c.beginPath();
    c.ellipse(x, 190, 78, 58, 0, 0, 7);
    c.fill();
    c.fillStyle = '#5b3a29';
    c.beginPath();
    c.ellipse(x, y - 8, 46, 54, 0, 0, 7);
    c.fill();
    c.fillStyle = '#e8b998';
    c.beginPath();
    c.ellipse(x, y + 4, 37, 46, 0, 0, 7);
    c.fill();
    c.fillStyle = '#2b2b2b';
    for (const side of [-14, 14]) {
      c.beginPath();
      c.ellipse(x + side, y - 4, 4, second % 3 < 0.15 ? 0.6 : 4, 0, 0, 7);
      c.fill();
    }
    c.fillStyle = '#8c2f2f';
    c.beginPath();
    c.ellipse(x, y + 25, 12, speaks, 0, 0, 7);
    c.fill();
  });
  const each = seconds / slides.length;
  await paint('screen', [960, 540, 2, 6e4, each], (c, second) => {
    const slide = slides[Math.min(slides.length - 1, Math.floor(second / each))];
    c.fillStyle = '#ffffff';
    c.fillRect(0, 0, 960, 540);
    c.fillStyle = '#0066cc';
    c.fillRect(0, 0, 960, 84);
    c.fillStyle = '#ffffff';
    c.font = 'bold 38px sans-serif';
    c.fillText(slide?.title ?? '', 40, 55);
    c.fillStyle = '#17324d';
    c.font = '30px sans-serif';
    slide?.lines.forEach((line, i) => c.fillText(`\u2022  ${line}`, 60, 165 + i * 64));
  });
  const encoder = new AudioEncoder({ output: keep('audio'), error });
  encoder.configure({ codec: 'opus', sampleRate: 48e3, numberOfChannels: 1, bitrate: 14e3 });
  const notes = [196, 220, 247, 262, 294, 262, 247, 220];
  for (let i = 0; i < seconds * 50; i += 1) {
    const samples = Float32Array.from({ length: 960 }, (_, n) => {
      const t = i / 50 + n / 48e3;
      const [beat, within] = [Math.floor(t * 2), t * 2 % 1];
      return 0.12 * Math.sin(2 * Math.PI * (notes[beat % notes.length] ?? 220) * t) * Math.min(1, within * 12) * Math.exp(-3 * within);
    });
    const data = new AudioData({ format: 'f32', sampleRate: 48e3, numberOfFrames: 960, numberOfChannels: 1, timestamp: i * 2e4, data: samples });
    encoder.encode(data);
    data.close();
    if (i % 50 === 0) await encoder.flush();
  }
  await encoder.flush();
  return chunks.sort((a, b) => a.at - b.at);
}
