import { m } from '$lib/paraglide/messages.js';

export type Verdict = 'ok' | 'warning' | 'bad';

/** One thing that was tried, and what came of it in words. */
export interface Finding {
	what: string;
	verdict: Verdict;
	text: string;
}

const SLOW_MS = 400;
const PATIENCE_MS = 8000;
const VIDEO = { 'VP8': 'vp8', 'H.264': 'avc1.42001f', 'VP9': 'vp09.00.10.08' };

/** What can be tried without asking for anything: line, live channel, codecs. */
export async function checkLine(): Promise<Finding[]> {
	return [await checkService(), await checkSocket(), checkSecure(), await checkVideo(), await checkAudio()];
}

async function checkService(): Promise<Finding> {
	const what = m.webinars_check_network();
	try {
		const began = performance.now();
		const answer = await fetch('/api/health', { cache: 'no-store', signal: AbortSignal.timeout(PATIENCE_MS) });
		const ms = Math.round(performance.now() - began);
		if (!answer.ok) throw new Error(String(answer.status));
		return ms > SLOW_MS ? { what, verdict: 'warning', text: m.webinars_check_network_slow({ ms }) } : { what, verdict: 'ok', text: m.webinars_check_network_ok({ ms }) };
	} catch {
		return { what, verdict: 'bad', text: m.webinars_check_network_bad() };
	}
}

export const portOf = ({ port, protocol }: Pick<Location, 'port' | 'protocol'>): string => port || (protocol === 'https:' ? '443' : '80');

/** A connection of its own that may use nothing but a WebSocket. */
async function checkSocket(): Promise<Finding> {
	const what = m.webinars_check_socket();
	const { io } = await import('socket.io-client');
	const began = performance.now();
	const socket = io('/app', { transports: ['websocket'], forceNew: true, reconnection: false, timeout: PATIENCE_MS });
	const open = await new Promise<boolean>((resolve) => {
		socket.on('connect', () => resolve(true));
		socket.on('connect_error', () => resolve(false));
	});
	socket.disconnect();
	if (open) return { what, verdict: 'ok', text: m.webinars_check_socket_ok({ ms: Math.round(performance.now() - began) }) };
	return { what, verdict: 'bad', text: m.webinars_check_socket_bad({ host: location.hostname, port: portOf(location), protocol: location.protocol === 'https:' ? 'WSS' : 'WS' }) };
}

function checkSecure(): Finding {
	const what = m.webinars_check_secure();
	return isSecureContext ? { what, verdict: 'ok', text: m.webinars_check_secure_ok() } : { what, verdict: 'bad', text: m.webinars_check_secure_bad() };
}

async function checkVideo(): Promise<Finding> {
	const what = m.webinars_check_video();
	const decodes: string[] = [];
	const encodes: string[] = [];
	if ('VideoDecoder' in globalThis) for (const [name, codec] of Object.entries(VIDEO)) if (await supports(() => VideoDecoder.isConfigSupported({ codec }))) decodes.push(name);
	if ('VideoEncoder' in globalThis) for (const [name, codec] of Object.entries(VIDEO)) if (await supports(() => VideoEncoder.isConfigSupported({ codec, width: 640, height: 360, bitrate: 300_000, framerate: 20 }))) encodes.push(name);
	if (decodes.length === 0) return { what, verdict: 'warning', text: m.webinars_check_video_bad() };
	return encodes.length === 0 ? { what, verdict: 'warning', text: m.webinars_check_video_receive({ codecs: decodes.join(', ') }) } : { what, verdict: 'ok', text: m.webinars_check_video_ok({ codecs: decodes.join(', ') }) };
}

async function checkAudio(): Promise<Finding> {
	const what = m.webinars_check_audio();
	const opus = { codec: 'opus', sampleRate: 48_000, numberOfChannels: 1 };
	const both = 'AudioDecoder' in globalThis && 'AudioEncoder' in globalThis && (await supports(() => AudioDecoder.isConfigSupported(opus))) && (await supports(() => AudioEncoder.isConfigSupported({ ...opus, bitrate: 32_000 })));
	return both ? { what, verdict: 'ok', text: m.webinars_check_audio_ok() } : { what, verdict: 'warning', text: m.webinars_check_audio_bad() };
}

const supports = async (ask: () => Promise<{ supported?: boolean | undefined }>): Promise<boolean> => (await ask().catch(() => ({ supported: false }))).supported === true;

/** Camera or microphone, after the browser has asked for permission. */
export async function openDevice(kind: 'camera' | 'microphone'): Promise<{ finding: Finding; stream: MediaStream | null }> {
	const what = kind === 'camera' ? m.webinars_check_camera() : m.webinars_check_microphone();
	try {
		const stream = await navigator.mediaDevices.getUserMedia(kind === 'camera' ? { video: true } : { audio: true });
		const name = stream.getTracks()[0]?.label || m.webinars_check_device_unnamed();
		return { stream, finding: { what, verdict: 'ok', text: kind === 'camera' ? m.webinars_check_camera_ok({ name }) : m.webinars_check_microphone_ok({ name }) } };
	} catch (refusal) {
		const denied = refusal instanceof DOMException && refusal.name === 'NotAllowedError';
		return { stream: null, finding: { what, verdict: 'bad', text: denied ? m.webinars_check_device_denied() : m.webinars_check_device_none() } };
	}
}

/** Half a second of a tone. */
export async function playSound(): Promise<void> {
	const context = new AudioContext();
	const tone = context.createOscillator();
	const volume = context.createGain();
	volume.gain.value = 0.2;
	tone.frequency.value = 440;
	tone.connect(volume).connect(context.destination);
	tone.start();
	await new Promise((resolve) => setTimeout(resolve, 600));
	tone.stop();
	await context.close();
}

/** Follows how loud a microphone is, from 0 to 1. @returns how to stop. */
export function followLevel(stream: MediaStream, tell: (level: number) => void): () => void {
	const context = new AudioContext();
	const analyser = context.createAnalyser();
	analyser.fftSize = 512;
	context.createMediaStreamSource(stream).connect(analyser);
	const samples = new Float32Array(analyser.fftSize);
	const timer = setInterval(() => {
		analyser.getFloatTimeDomainData(samples);
		tell(Math.min(1, 4 * Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length)));
	}, 100);
	return () => {
		clearInterval(timer);
		void context.close();
	};
}
