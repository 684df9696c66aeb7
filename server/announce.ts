import { config } from './config.ts';
import { DEMONSTRATION_PASSWORD, SAMPLE_SIGN_INS } from './demonstration/sign-ins.ts';

/** What the terminal says when the program is ready: where to look and, in the demonstration, as whom to sign in. */
export function announcement(): string {
  const lines = ['', `  Pi.Co. è pronta: ${config.publicUrl}`, ''];
  if (config.demonstration) {
    const width = Math.max(...SAMPLE_SIGN_INS.map(({ email }) => email.length));
    lines.push(
      `  Dati dimostrativi. Si entra da ${config.publicUrl}/accedi con la password ${DEMONSTRATION_PASSWORD} e uno di questi indirizzi:`,
      '',
      ...SAMPLE_SIGN_INS.map(({ email, comesTo }) => `    ${email.padEnd(width)}   ${comesTo}`),
      '',
    );
  }
  return lines.join('\n');
}
