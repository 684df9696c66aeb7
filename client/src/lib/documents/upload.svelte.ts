import { MAX_UPLOAD_BYTES, UPLOADS_PATH } from '$contract/uploads.ts';
import { m } from '$lib/paraglide/messages.js';
import { bytes } from '$lib/ui/format.ts';

/** What may be chosen; the server looks at the content. */
export const ACCEPTED = '.pdf,.docx,.odt,.xlsx,.ods,.pptx,.odp,.csv,.txt,.png,.jpg,.jpeg,.webp,.p7m';
export const ACCEPTED_PICTURES = 'image/png,image/jpeg,image/webp,image/gif';

/** Waits after a cut before it goes on, in milliseconds: longer each time, half a minute in all. */
const RETRIES = [0, 1000, 3000, 5000, 10_000, 15_000];

/** So much at a time: what a cut costs, on a slow line. */
const PART = 2 * 1024 * 1024;

/** A file on its way to the server. After a cut, or a reload and the same file chosen again, it goes on where it stopped. */
export class Upload {
	sent = $state(0);
	state = $state<'sending' | 'arrived' | 'failed'>('sending');
	/** Why it stopped. */
	message = $state('');
	/** Once it has arrived: what the API knows it by. */
	id = $state('');
	private stopping: (() => void) | undefined;
	private stopped = false;

	constructor(readonly file: File) {}

	get name(): string {
		return this.file.name;
	}

	/** @returns its id, or nothing where it stopped: `message` says why. */
	async send(): Promise<string | undefined> {
		this.state = 'sending';
		this.message = '';
		if (this.file.size === 0) return this.fail(m.documents_upload_empty());
		if (this.file.size > MAX_UPLOAD_BYTES) return this.fail(m.documents_upload_large({ most: bytes(MAX_UPLOAD_BYTES) }));
		// It weighs more than the page: it comes only where a file is sent
		const tus = await import('tus-js-client').catch(() => undefined);
		if (!tus) return this.fail(m.ui_error_network());
		if (this.stopped) return undefined;
		return new Promise((resolve) => {
			const upload = new tus.Upload(this.file, {
				endpoint: UPLOADS_PATH,
				retryDelays: RETRIES,
				chunkSize: PART,
				metadata: { filename: this.file.name },
				removeFingerprintOnSuccess: true,
				onProgress: (sent) => (this.sent = sent),
				onSuccess: () => {
					this.id = upload.url?.split('/').at(-1) ?? '';
					this.sent = this.file.size;
					this.state = 'arrived';
					resolve(this.id);
				},
				onError: (error) => {
					const status = 'originalResponse' in error ? error.originalResponse?.getStatus() : undefined;
					resolve(this.fail(status === 413 ? m.documents_upload_large({ most: bytes(MAX_UPLOAD_BYTES) }) : status === 429 ? m.documents_upload_many() : status === 401 ? m.documents_upload_signed_out() : m.ui_error_network()));
				}
			});
			this.stopping = () => void upload.abort(true).catch(() => undefined);
			void upload.findPreviousUploads().then(([previous]) => {
				if (previous) upload.resumeFromPreviousUpload(previous);
				if (!this.stopped) upload.start();
			});
		});
	}

	/** Not wanted after all: the server forgets it. */
	stop(): void {
		this.stopped = true;
		this.stopping?.();
	}

	private fail(message: string): undefined {
		this.state = 'failed';
		this.message = message;
		return undefined;
	}
}
