import { addMessages } from '../../http/messages.ts';

addMessages({
  'recording-not-announced': { it: 'Questo webinar non è stato annunciato come registrato: indicalo prima nella sua scheda.', en: 'This webinar was not announced as recorded: say so on its page first.' },
  'recording-on': { it: 'La registrazione è in corso: fermala prima di cambiare questa scelta.', en: 'It is being recorded: stop the recording before you change this.' },
  'recording-deleted': { it: 'La registrazione è stata eliminata.', en: 'The recording has been deleted.' },
  'recording-not-yours': { it: 'Questa registrazione è riservata a chi aveva un posto nella sala.', en: 'This recording is for those who had a place in the room.' },
  'recording-no-network': { it: 'Questo webinar non è di una rete: scegli chi altro può vedere la registrazione.', en: 'This webinar belongs to no network: choose who else may watch the recording.' },
  'keep-until-past': { it: 'Scegli un giorno che deve ancora venire. Per eliminarla subito c’è il pulsante apposito.', en: 'Choose a day that is still to come. To delete it now there is a button.' },
  'keep-until-far': { it: 'Una registrazione si conserva al massimo dieci anni.', en: 'A recording is kept for ten years at most.' },
  'marks-enough': { it: 'Ci sono già 200 capitoli: eliminane qualcuno.', en: 'There are 200 chapters already: delete some.' },
  'captions-no-webvtt': { it: 'Il file non è in formato WebVTT: deve cominciare con la parola WEBVTT.', en: 'The file is not WebVTT: it must begin with the word WEBVTT.' },
  'captions-none': { it: 'Il file non contiene sottotitoli.', en: 'There are no captions in the file.' },
  'captions-times': { it: 'Qualche sottotitolo ha tempi che non si possono leggere, o finisce prima di cominciare.', en: 'Some captions have times that cannot be read, or end before they begin.' },
});
