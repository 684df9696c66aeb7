/** What runs in the two browsers of `bench/glass.ts`, before their pages. Written as text: it is not ours that is measured. */

/** 20 squares: 16 bits of the ms since 1970, and 4 that must fit them, so that a picture half decoded is not believed. */
const SHARED = `
  const BITS = 16, CHECK = 4, COLUMNS = 10, ROWS = 2;
  const checkOf = (value) => ((value >> 12) ^ (value >> 8) ^ (value >> 4) ^ value ^ 5) & 15;
`;

/** A camera that shows the time, and a microphone that beeps twice a second. */
export const SHOW_THE_TIME = `(() => {
  ${SHARED}
  const WIDTH = 640, HEIGHT = 360, BEEP_MS = 40, EVERY_MS = 500;
  globalThis.beeps = [];
  const camera = () => {
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [WIDTH, HEIGHT];
    const context = canvas.getContext('2d', { alpha: false });
    const draw = () => {
      const value = Math.round(performance.timeOrigin + performance.now()) % 65536;
      const code = (value << CHECK) | checkOf(value);
      for (let i = 0; i < BITS + CHECK; i += 1) {
        context.fillStyle = (code >> i) & 1 ? '#fff' : '#000';
        context.fillRect((i % COLUMNS) * (WIDTH / COLUMNS), Math.floor(i / COLUMNS) * (HEIGHT / ROWS), WIDTH / COLUMNS, HEIGHT / ROWS);
      }
    };
    draw();
    setInterval(draw, 1000 / 60);
    return canvas.captureStream(30).getVideoTracks();
  };
  const microphone = () => {
    const audio = new AudioContext({ sampleRate: 48000, latencyHint: 'interactive' });
    const [oscillator, gain, out] = [audio.createOscillator(), audio.createGain(), audio.createMediaStreamDestination()];
    oscillator.frequency.value = 1000;
    gain.gain.value = 0;
    oscillator.connect(gain).connect(out);
    oscillator.start();
    void audio.resume();
    setInterval(() => {
      const at = audio.currentTime + 0.03;
      globalThis.beeps.push(performance.timeOrigin + performance.now() + 30);
      gain.gain.setValueAtTime(0.8, at);
      gain.gain.setValueAtTime(0, at + BEEP_MS / 1000);
    }, EVERY_MS);
    return out.stream.getAudioTracks();
  };
  navigator.mediaDevices.getUserMedia = async ({ audio, video }) => new MediaStream([...(video ? camera() : []), ...(audio ? microphone() : [])]);
})()`;

/** Reads the squares of what is shown at each repaint, and hears the beeps in what goes to the speakers. */
export const READ_WHAT_IS_SEEN = `(() => {
  ${SHARED}
  let reading = false;
  const pictures = [], heard = [];
  let last = -1;
  const small = document.createElement('canvas');
  [small.width, small.height] = [200, 112];
  const context = small.getContext('2d', { willReadFrequently: true, alpha: false });
  const look = () => {
    requestAnimationFrame(look);
    if (!reading) return;
    const canvas = [...document.querySelectorAll('canvas')].find((one) => one !== small && one.width > 16);
    if (!canvas) return;
    const now = performance.timeOrigin + performance.now();
    context.drawImage(canvas, 0, 0, small.width, small.height);
    const { data } = context.getImageData(0, 0, small.width, small.height);
    let code = 0;
    for (let i = 0; i < BITS + CHECK; i += 1) {
      const x = Math.floor(((i % COLUMNS) + 0.5) * (small.width / COLUMNS)), y = Math.floor((Math.floor(i / COLUMNS) + 0.5) * (small.height / ROWS));
      if (data[(y * small.width + x) * 4] > 127) code |= 1 << i;
    }
    const value = code >> CHECK;
    if (value === last || (code & 15) !== checkOf(value)) return;
    last = value;
    const late = (((Math.round(now) % 65536) - value) + 65536) % 65536;
    if (late < 20000) pictures.push(late);
  };
  requestAnimationFrame(look);
  let quiet = 0;
  const connect = AudioNode.prototype.connect;
  AudioNode.prototype.connect = function (to, ...more) {
    if (to instanceof AudioDestinationNode) {
      const analyser = new AnalyserNode(this.context, { fftSize: 2048 });
      connect.call(this, analyser);
      const samples = new Float32Array(analyser.fftSize);
      setInterval(() => {
        analyser.getFloatTimeDomainData(samples);
        const now = performance.timeOrigin + performance.now();
        const first = samples.findIndex((value) => Math.abs(value) > 0.1);
        if (first < 0) quiet = now;
        else if (quiet > 0) {
          quiet = 0;
          if (reading) heard.push(now - ((samples.length - first) / this.context.sampleRate) * 1000);
        }
      }, 10);
    }
    return connect.call(this, to, ...more);
  };
  globalThis.beginToRead = () => void (reading = true);
  globalThis.whatWasRead = () => ({ pictures, heard });
})()`;
