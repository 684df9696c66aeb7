import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { COURSES_FOLDER } from '../folder.ts';
import { jsonSchemas } from '../schemas.ts';

/** `npm run courses:schema`: writes the JSON Schemas that editors use. */
const folder = join(COURSES_FOLDER, 'schema');
await mkdir(folder, { recursive: true });
for (const [name, text] of Object.entries(jsonSchemas())) await writeFile(join(folder, name), text);
