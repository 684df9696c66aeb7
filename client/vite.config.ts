import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig, type Plugin } from 'vite';
import { iconNames } from './src/lib/ui/icons.ts';

export default defineConfig({
	plugins: [
		iconSprite(),
		paraglideVitePlugin({
			project: './project.inlang',
			outdir: './src/lib/paraglide',
			// The server decides the language of a page; the browser reads it from <html lang> (hooks.client.ts).
			strategy: ['globalVariable', 'baseLocale'],
			isServer: 'import.meta.env.SSR',
			emitReadme: false,
			emitGitIgnore: false,
			emitPrettierIgnore: false
		}),
		keptPluralRules(),
		sveltekit()
	],
	css: {
		preprocessorOptions: {
			scss: {
				loadPaths: ['../node_modules'],
				quietDeps: true,
				// bootstrap-italia 2 is written for the old Sass module system: its warnings are not ours to mend.
				silenceDeprecations: ['import', 'global-builtin', 'color-functions', 'if-function']
			}
		}
	},
	// A worker of a live room imports what it needs, as the pages do
	worker: { format: 'es' },
	build: { assetsInlineLimit: 0 },
	server: {
		fs: { allow: ['..'] },
		proxy: {
			'/api': 'http://127.0.0.1:3000',
			'/socket.io': { target: 'http://127.0.0.1:3000', ws: true },
			'/dal-vivo': { target: 'http://127.0.0.1:3000', ws: true }
		}
	}
});

/**
 * One small sprite with the icons listed in src/lib/ui/icons.ts, taken from bootstrap-italia: its own holds
 * every icon there is and weighs more than the page. A name that does not exist stops the build.
 */
function iconSprite(): Plugin {
	const symbol = (name: string) => {
		const svg = readFileSync(`../node_modules/bootstrap-italia/src/svg/it-${name}.svg`, 'utf8');
		const viewBox = /viewBox="([^"]+)"/.exec(svg)?.[1] ?? '0 0 24 24';
		const body = svg.replace(/^[\s\S]*?<svg[^>]*>/, '').replace(/<\/svg>[\s\S]*$/, '').replace(/\s+/g, ' ').trim();
		return `<symbol id="${name}" viewBox="${viewBox}">${body}</symbol>`;
	};
	return {
		name: 'pico-icons',
		enforce: 'pre',
		buildStart() {
			mkdirSync('.svelte-kit/sprite', { recursive: true });
			writeFileSync('.svelte-kit/sprite/icons.svg', `<svg xmlns="http://www.w3.org/2000/svg">${iconNames.map(symbol).join('')}</svg>\n`);
		}
	};
}

/**
 * A message with a count makes its Intl.PluralRules each time it is said, which cost a page with twenty of them a fifth of its time:
 * one for each language is kept. Should the generated code change, the build stops.
 */
function keptPluralRules(): Plugin {
	const made = 'new Intl.PluralRules(locale, options)';
	return {
		name: 'pico-plural-rules',
		transform(code, id) {
			if (!id.endsWith('/paraglide/registry.js')) return;
			if (!code.includes(made)) throw new Error(`${id} makes its plural rules in another way`);
			// No message of ours gives options
			return `const kept = {};\n${code.replace(made, `(kept[locale] ??= ${made})`)}`;
		}
	};
}
