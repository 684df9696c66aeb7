import adapter from '@sveltejs/adapter-node';
import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';

const node = adapter({ out: 'build', precompress: true });

/** @type {import('@sveltejs/kit').Config} */
export default {
	preprocess: vitePreprocess({ script: false }),
	kit: {
		adapter: {
			...node,
			// server/http/client-build.ts compresses, in a fraction of the time
			adapt: (builder) => node.adapt(Object.create(builder, { compress: { value: async () => {} } }))
		},
		alias: {
			$contract: '../server/contract', // the one part of the server that we may import
			$sprite: '.svelte-kit/sprite' // made by vite.config.ts
		},
		csp: {
			// A nonce on every rendered page: no inline script runs but SvelteKit's own.
			mode: 'auto',
			directives: {
				'default-src': ['self'],
				'script-src': ['self'],
				'style-src': ['self', 'unsafe-inline'], // style attributes: the width of a progress bar
				'img-src': ['self', 'data:', 'blob:'],
				'font-src': ['self'],
				'connect-src': ['self', 'ws:', 'wss:'],
				'media-src': ['self', 'blob:'],
				'worker-src': ['self', 'blob:'],
				'object-src': ['none'],
				'base-uri': ['self'],
				'form-action': ['self'],
				'frame-ancestors': ['self']
			}
		},
		// Koa checks the origin of every unsafe request, and no page has form actions: a second check, behind
		// a proxy whose scheme SvelteKit cannot see, would only refuse what is right.
		csrf: { trustedOrigins: ['*'] },
		typescript: {
			config(config) {
				config.include.push('../e2e/**/*.ts');
				return config;
			}
		}
	}
};
