import { parseFraction } from '../../contract/completion.ts';
import type { Finding } from './finding.ts';
import type { Parsed } from './parse-yaml.ts';
import type { QuizFile } from './schemas.ts';

/** From this many questions on, right answers that are mostly the longest give themselves away. */
const TELLING_BANK = 20;
/** Chance makes the right one of four the longest once in four; this is twice that. */
const TELLING_SHARE = 0.5;

/** What a question bank gets wrong beyond its form. */
export function checkQuiz(quiz: Parsed<QuizFile>, lessons: Set<string>): Finding[] {
  const { value, at, file } = quiz;
  if (!value) return [];
  const findings: Finding[] = [];
  const report = (path: PropertyKey[], message: string) => findings.push({ file, ...at(path), message });

  if (value.draw > value.questions.length) report(['draw'], `si estraggono ${value.draw} domande da una banca di ${value.questions.length}`);
  const [numerator, denominator] = parseFraction(value.pass);
  if (numerator > denominator) report(['pass'], 'la frazione non può superare 1');
  const ids = new Map<string, number>();
  const texts = new Map<string, number>();
  value.questions.forEach((question, index) => {
    const path = ['questions', index];
    const twin = ids.get(question.id);
    if (twin !== undefined) report([...path, 'id'], `l'id «${question.id}» è già della domanda ${twin + 1}`);
    else ids.set(question.id, index);
    const sameText = texts.get(question.text);
    if (sameText !== undefined) report([...path, 'text'], `il testo è uguale a quello della domanda ${sameText + 1}`);
    else texts.set(question.text, index);
    if (!lessons.has(question.lesson)) report([...path, 'lesson'], `non c'è una lezione «${question.lesson}»`);
    const right = question.options.filter(({ correct }) => correct).length;
    if (right !== 1) report([...path, 'options'], `le risposte giuste sono ${right}: deve essercene una sola`);
    question.options.forEach((option, o) => {
      if (question.options.findIndex(({ text }) => text === option.text) < o) report([...path, 'options', o], 'due risposte sono uguali');
      if (/\b(tutte|nessuna) (le|delle) (precedenti|altre|risposte)/i.test(option.text)) report([...path, 'options', o], 'le risposte sono mescolate: non si scrive «tutte le precedenti» o «nessuna delle altre»');
    });
  });
  const telling = value.questions.filter(({ options }) => {
    const right = options.find(({ correct }) => correct)?.text.length ?? 0;
    return options.every(({ correct, text }) => correct || text.length < right);
  }).length;
  if (value.questions.length >= TELLING_BANK && telling > value.questions.length * TELLING_SHARE) {
    report(['questions'], `in ${telling} domande su ${value.questions.length} la risposta giusta è la più lunga: si riconosce dalla lunghezza`);
  }
  return findings;
}
