import Koa from 'koa';
import pg from 'pg';

/**
 * What the product is measured against: a bare Koa that runs the same SQL through `pg` and sends the rows. Nothing of ours: no schema, no
 * session, no header. `YARDSTICK` is a JSON object path → { name, text, values }.
 */
const statements = JSON.parse(process.env['YARDSTICK'] ?? '{}') as Record<string, { name: string; text: string; values: unknown[] }>;
const pool = new pg.Pool({ connectionString: process.env['DATABASE_URL'], max: 16 });

const app = new Koa();
app.use(async (ctx) => {
  const statement = statements[ctx.path];
  ctx.body = statement ? (await pool.query(statement)).rows : { status: 'ok' };
});
app.listen(Number(process.env['PORT']), '127.0.0.1');
