import { addMessages } from '../../http/messages.ts';

addMessages({
  'upload-unfinished': { it: 'Il file non è ancora arrivato tutto: riprova tra un momento.', en: 'The file has not arrived whole yet: try again in a moment.' },
  'document-type': { it: 'Questo tipo di file non si può caricare. Si accettano PDF, DOCX, ODT, XLSX, ODS, PPTX, ODP, CSV, TXT, immagini PNG, JPEG e WebP e file firmati P7M, senza macro.', en: 'Files of this type cannot be uploaded. PDF, DOCX, ODT, XLSX, ODS, PPTX, ODP, CSV, TXT, PNG, JPEG and WebP pictures and signed P7M files are accepted, without macros.' },
  'document-extension': { it: 'Il nome del file dice una cosa e il contenuto un’altra: rinominalo con l’estensione giusta.', en: 'The name of the file says one thing and its content another: give it the right extension.' },
  'document-empty': { it: 'Il file è vuoto.', en: 'The file is empty.' },
  'document-waiting': { it: 'Il controllo antivirus è in corso: riprova tra qualche minuto.', en: 'The antivirus check is in progress: try again in a few minutes.' },
  'document-infected': { it: 'L’antivirus ha trovato qualcosa in questo file: non si può scaricare.', en: 'The antivirus found something in this file: it cannot be downloaded.' },
  'attachment-twice': { it: 'Lo stesso file è allegato due volte.', en: 'The same file is attached twice.' },
  'image-type': { it: 'Non è un’immagine che si può mostrare: servono PNG, JPEG o WebP.', en: 'This is no picture that can be shown: PNG, JPEG or WebP are needed.' },
});
