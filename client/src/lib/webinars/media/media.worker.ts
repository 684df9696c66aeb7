import { answered, Line } from './line.ts';
import type { FromWorker, ToWorker } from './protocol.ts';
import { Publishing } from './publishing.ts';
import { Watching } from './watching.ts';

/** All media of a live room, away from the page: what the page does never makes a picture wait, nor the other way round. */
const FIGURES_MS = 1000;

const tell = (message: FromWorker): void => self.postMessage(message);

interface Parts {
	line: Line;
	publishing: Publishing;
	watching: Watching;
}
let parts: Parts | undefined;

function open(number: number): Parts {
	const line: Line = new Line(number, {
		joined(state) {
			tell({ tell: 'line', up: true });
			tell({ tell: 'joined', state });
			watching.joined(state.personId);
			watching.follow(state.tracks);
		},
		timed: () => publishing.joined(),
		lost() {
			tell({ tell: 'line', up: false });
			watching.lost();
			publishing.lost();
		},
		refused: (code, reason) => tell({ tell: 'refused', code, ...(reason === undefined ? {} : { reason }) })
	});
	const watching = new Watching(line, tell);
	const publishing = new Publishing(line, tell);
	const { socket } = line;
	socket.on('live:tracks', (tracks) => line.isJoined && watching.follow(tracks));
	socket.on('live:people', ({ people, present }) => tell({ tell: 'people', people, present }));
	socket.on('live:recording', (told) => tell({ tell: 'recording', told }));
	socket.on('live:pointer', ({ at }) => tell({ tell: 'pointer', at }));
	socket.on('live:reactions', (counts) => tell({ tell: 'reactions', counts }));
	socket.on('live:rung', ({ rung }) => tell({ tell: 'rung', rung }));
	socket.on('live:config', ({ track, spatial, config, decoderConfig }) => watching.configure(track, spatial, config, decoderConfig));
	socket.on('live:key', ({ track, spatial }) => publishing.wantKey(track, spatial));
	socket.on('live:silenced', ({ track }) => publishing.silenced(track));
	socket.on('frame', (bytes) => watching.take(bytes));
	setInterval(() => tell({ tell: 'figures', figures: watching.figures() }), FIGURES_MS);
	return { line, publishing, watching };
}

function hear(message: ToWorker, { line, publishing, watching }: Parts): void {
	switch (message.say) {
		case 'leave':
			publishing.close();
			watching.close();
			line.close();
			self.close();
			break;
		case 'publish-video':
			publishing.video(message.kind, message.frames);
			break;
		case 'publish-audio':
			publishing.audio(message.samples);
			break;
		case 'unpublish':
			publishing.stop(message.kind);
			break;
		case 'show':
			watching.show(message.track, message.canvas);
			break;
		case 'play':
			watching.play(message.player);
			break;
		case 'wanted':
			watching.want(message.rung);
			break;
		case 'seen':
			watching.seen(message.seen);
			break;
		case 'point':
			if (line.isJoined) line.socket.volatile.emit('live:pointer', { at: message.at });
			break;
		case 'react':
			if (line.isJoined) line.socket.emit('live:react', { kind: message.kind });
			break;
		case 'record':
			void answered(line.asking.emitWithAck('live:record', { on: message.on })).then((answer) => {
				if (!answer.ok) tell({ tell: 'record-refused', code: answer.code });
			});
			break;
		case 'hand':
			void answered(line.asking.emitWithAck('live:hand', { up: message.up }));
			break;
		case 'invite':
			void answered(line.asking.emitWithAck(message.speaks ? 'live:invite' : 'live:dismiss', { personId: message.personId }));
			break;
	}
}

self.onmessage = ({ data }: MessageEvent<ToWorker>) => {
	if (data.say === 'open') parts ??= open(data.number);
	else if (parts) hear(data, parts);
};
