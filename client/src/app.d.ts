import type { IncomingMessage } from 'node:http';

/** What the server puts on the raw request before it hands it to us. Absent under `vite dev`. */
export interface Pico {
	/** The API, in this process: no network, the same routes and checks. */
	fetch(request: Request): Promise<Response>;
	language: 'it' | 'en';
	requestId: string;
}

declare global {
	namespace App {
		interface Error {
			message: string;
			/** The number to quote to support. */
			requestId?: string;
			/** The API's stable error code, where the error came from it. */
			code?: string;
		}
		interface Platform {
			req: IncomingMessage & { pico?: Pico };
		}
		interface PageData {
			/** The page's name, for pages that set it in load. */
			title?: string;
		}
	}
}
