import { config } from '../../config.ts';
import { EmailAddress } from '../../contract/accounts.ts';
import { startEmbedded } from '../../database/embedded.ts';
import { startFoundation } from '../../runtime.ts';
import { importTerritory } from '../../territory/import-territory.ts';
import { createAdministrator } from '../create-administrator.ts';

/** `npm run admin:create -- anna.rossi@upi.example [Anna Rossi]`: prints the link with which she chooses her password. */
const [address, givenName = 'Amministrazione', ...familyName] = process.argv.slice(2);
const email = EmailAddress.safeParse(address);
if (!email.success) {
  process.stderr.write('Usage: npm run admin:create -- e-mail-address [given name] [family name]\n');
  process.exit(2);
}
const embedded = config.databaseUrl ? undefined : await startEmbedded(config.dataDir);
try {
  const foundation = await startFoundation(config.databaseUrl ?? embedded?.url ?? '', 4);
  try {
    await importTerritory();
    const secret = await createAdministrator(email.data, { givenName, familyName: familyName.join(' ') || 'Pi.Co.' });
    process.stdout.write(`${email.data} administers this installation. To choose the password, within two hours and once:\n\n  ${config.publicUrl}/nuova-password#codice=${secret}\n\n`);
  } finally {
    await foundation.close();
  }
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
} finally {
  await embedded?.stop();
}
