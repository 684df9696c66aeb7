/** W3C «MediaStreamTrack Insertable Media Processing using Streams», which TypeScript's library does not know. */
declare class MediaStreamTrackProcessor {
	constructor(init: { track: MediaStreamTrack });
	readonly readable: ReadableStream<VideoFrame>;
}
