import type { CertificateSnapshot } from '../contract/certificates.ts';
import { beginDocument, COLOURS, type PdfPage } from '../gateways/pdf.ts';
import { drawQr } from '../gateways/qr.ts';

const MARGIN = 56;

/** The certificate as a tagged A4 PDF in Italian, and a second page with the programme. Pure: the same snapshot draws the same document. */
export async function drawCertificate(snapshot: CertificateSnapshot, url: string, qrText: string): Promise<Buffer> {
  const name = `${snapshot.person.givenName} ${snapshot.person.familyName}`;
  const page = await beginDocument({ title: `Attestato ${snapshot.code}: ${snapshot.course.title}`, author: "Unione delle Province d'Italia", subject: `Attestato di completamento rilasciato a ${name}`, margin: MARGIN });
  const { pdf } = page;
  const width = pdf.page.width - 2 * MARGIN;

  page.decoration(() => {
    pdf.rect(0, 0, pdf.page.width, 10).fill(COLOURS.blue);
    pdf.rect(MARGIN, 118, 48, 3).fill(COLOURS.blue);
  });
  page.text('P', "Unione delle Province d'Italia", { at: 46, size: 10.5, bold: true, colour: COLOURS.blue });
  page.text('P', 'Pi.Co. · Piattaforma di collaborazione delle Province', { at: 61, size: 9.5, colour: COLOURS.grey });
  page.text('H1', 'Attestato di completamento', { at: 80, size: 24, bold: true });
  page.text('P', 'Si attesta che', { at: 146, size: 11, colour: COLOURS.grey });
  page.text('H2', name, { at: 162, size: 26, bold: true });
  page.text('P', snapshot.body.name, { size: 12, colour: COLOURS.grey });
  page.text('P', 'ha completato il corso', { gap: 12, size: 11, colour: COLOURS.grey });
  page.text('H2', snapshot.course.title, { size: 18, bold: true, colour: COLOURS.blue });
  facts(page, snapshot, width);
  await proof(page, snapshot, url, qrText, width);

  page.newPage();
  page.text('H2', 'Programma svolto', { at: MARGIN, size: 18, bold: true });
  for (const module of snapshot.programme) {
    page.text('H3', module.title, { gap: 10, size: 12, bold: true, colour: COLOURS.blue });
    page.list(module.lessons.map((lesson) => `${lesson.title} (${duration(lesson.minutes)})`));
  }
  if (snapshot.trainers.length > 0) {
    page.text('H2', 'Docenti', { gap: 16, size: 14, bold: true });
    page.list(snapshot.trainers.map((trainer) => `${trainer.name}, ${trainer.role}`));
  }
  return page.end();
}

function facts(page: PdfPage, snapshot: CertificateSnapshot, width: number): void {
  const { result } = snapshot;
  page.facts(
    [
      ['Ambito', snapshot.area.name],
      ['Ore riconosciute', duration(snapshot.minutes)],
      ['Periodo', `dal ${italianDay(snapshot.startedOn)} al ${italianDay(snapshot.completedOn)}`],
      ['Edizione', snapshot.edition.code],
      ...(result ? [['Prova finale', `superata con ${result.score} risposte esatte su ${result.total} (soglia ${result.pass})`] as [string, string]] : []),
    ],
    { gap: 18, labelWidth: 130, width },
  );
}

async function proof(page: PdfPage, snapshot: CertificateSnapshot, url: string, qrText: string, width: number): Promise<void> {
  const { pdf } = page;
  const size = 148;
  const top = pdf.page.height - MARGIN - size - 26;
  page.figure(`Codice QR che apre la pagina di verifica ${url} e contiene i dati firmati dell’attestato`, [MARGIN, top, size, size], () => drawQr(pdf, qrText, MARGIN, top, size));
  const left = MARGIN + size + 22;
  const room = width - size - 22;
  page.text('P', 'Numero', { at: top + 4, left, width: room, size: 10, colour: COLOURS.grey });
  page.text('P', snapshot.code, { at: top + 17, left, width: room, size: 16, bold: true });
  page.text('P', `Rilasciato il ${italianDay(snapshot.issuedOn)}`, { at: top + 40, left, width: room, size: 10.5 });
  page.text('P', 'Chiunque può verificarlo, senza registrarsi, all’indirizzo', { at: top + 62, left, width: room, size: 10, colour: COLOURS.grey });
  page.link(url, { at: top + 76, left, width: room, size: 10 });
  page.text('P', 'Il codice QR contiene anche i dati firmati (Ed25519): si verificano con la chiave pubblica della piattaforma, senza rete.', { at: top + 106, left, width: room, size: 9, colour: COLOURS.grey });
}

/** `4 ore e 10 minuti`; of a correction `−30 minuti`. */
export function duration(minutes: number): string {
  if (minutes < 0) return `−${duration(-minutes)}`;
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  const parts = [hours > 0 ? `${hours} ${hours === 1 ? 'ora' : 'ore'}` : '', rest > 0 || hours === 0 ? `${rest} ${rest === 1 ? 'minuto' : 'minuti'}` : ''];
  return parts.filter(Boolean).join(' e ');
}

const DAY = new Intl.DateTimeFormat('it', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });

/** `24 novembre 2026`, of an ISO day. */
export function italianDay(day: string): string {
  return DAY.format(new Date(`${day}T00:00:00Z`));
}
