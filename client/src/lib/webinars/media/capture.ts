import captureUrl from './capture.worklet.ts?worker&url';
import type { Kind, ToWorker } from './protocol.ts';

type Say = (message: ToWorker, transfer: Transferable[]) => void;

/** Asks the browser, and the browser the person, for a device. @throws DOMException `NotAllowedError`, `NotFoundError`, `NotReadableError` … */
export function openDevice(kind: Kind): Promise<MediaStream> {
	const { mediaDevices } = navigator;
	if (kind === 'screen') return mediaDevices.getDisplayMedia({ video: { frameRate: 5 } });
	return mediaDevices.getUserMedia(kind === 'audio' ? { audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true } } : { video: { width: 640, height: 360, frameRate: 20 } });
}

/** Gives a microphone's sound to the worker. @returns how to end it. @throws DOMException where the context has been closed meanwhile. */
export async function captureSound(audio: AudioContext, stream: MediaStream, say: Say): Promise<() => void> {
	await audio.audioWorklet.addModule(captureUrl);
	const source = audio.createMediaStreamSource(stream);
	const node = new AudioWorkletNode(audio, 'pico-capture', { numberOfOutputs: 0 });
	source.connect(node);
	const { port1, port2 } = new MessageChannel();
	node.port.onmessage = ({ data }: MessageEvent<Float32Array<ArrayBuffer>>) => port1.postMessage(data, [data.buffer]);
	say({ say: 'publish-audio', samples: port2 }, [port2]);
	return () => {
		source.disconnect();
		node.port.onmessage = null;
		node.port.postMessage('end');
		port1.close();
	};
}

/** Gives a camera's or a screen's pictures to the worker. @returns how to end it. */
export function capturePicture(kind: 'camera' | 'screen', stream: MediaStream, say: Say): () => void {
	const [track] = stream.getVideoTracks();
	if (!track) return () => undefined;
	if (kind === 'screen') track.contentHint = 'detail';
	if ('MediaStreamTrackProcessor' in globalThis) {
		const frames = new MediaStreamTrackProcessor({ track }).readable;
		say({ say: 'publish-video', kind, frames }, [frames]);
		return () => undefined;
	}
	// Browsers without a stream of frames: each is taken as it is shown
	const video = document.createElement('video');
	Object.assign(video, { muted: true, playsInline: true });
	video.srcObject = stream;
	const { port1, port2 } = new MessageChannel();
	let hasEnded = false;
	const next = (): void => {
		if (hasEnded) return;
		const frame = new VideoFrame(video, { timestamp: Math.round(performance.now() * 1000) });
		port1.postMessage(frame, [frame]);
		video.requestVideoFrameCallback(next);
	};
	void video.play().then(() => video.requestVideoFrameCallback(next), () => undefined);
	say({ say: 'publish-video', kind, frames: port2 }, [port2]);
	return () => {
		hasEnded = true;
		video.srcObject = null;
		port1.close();
	};
}
