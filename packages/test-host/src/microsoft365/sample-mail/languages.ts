import type { Charset } from './charset-encoder.js';

/** How patients of one language write. */
export interface Language {
  /** Ids of the sample patients who write in it. */
  readonly patients: readonly string[];
  readonly charsets: readonly Charset[];
  readonly subjects: readonly string[];
  readonly bodies: readonly string[];
}

/** Languages and scripts other than plain English, with the charsets that they still come in. */
export const languages: readonly Language[] = [
  {
    patients: ['patient-4'],
    charsets: ['iso-8859-1', 'iso-8859-15', 'windows-1252', 'utf-8'],
    subjects: ['Rückfrage zur Krone', 'Termin für die Prophylaxe', 'Schmerzen nach der Füllung'],
    bodies: [
      'Guten Tag,\n\nseit der Füllung am Dienstag spüre ich beim Kauen ein Ziehen. Ist das üblich?\n\nMit freundlichen Grüßen\nJürgen Weiß',
      'Sehr geehrte Damen und Herren,\n\nkönnte ich den Termin auf nächste Woche verschieben? Am Donnerstag wäre es früh möglich.\n\nJürgen Weiß',
    ],
  },
  {
    patients: ['patient-5'],
    charsets: ['windows-1252', 'iso-8859-1', 'utf-8'],
    subjects: ['¿Puedo cambiar mi cita?', 'Détartrage – devis', 'Presupuesto de la ortodoncia'],
    bodies: [
      'Buenos días:\n\n¿Sería posible pasar la cita del miércoles al viernes por la mañana? Mañana salgo de viaje.\n\nMuchas gracias,\nZoë O’Brien-Nuñez',
      'Hola, adjunto no hay nada esta vez — sólo quería saber cuánto cuesta el blanqueamiento (¿unos 250 €?).\n\nZoë',
    ],
  },
  {
    patients: ['patient-6'],
    charsets: ['koi8-r', 'windows-1251', 'utf-8'],
    subjects: ['Запись на приём', 'Вопрос о снимке', 'Болит зуб мудрости'],
    bodies: [
      'Здравствуйте!\n\nМожно ли записаться на приём в пятницу после обеда? Зуб мудрости снова болит.\n\nС уважением,\nОльга Смирнова',
      'Добрый день! Пришлите, пожалуйста, копию последнего снимка.\n\nОльга',
    ],
  },
  {
    patients: ['patient-7'],
    charsets: ['iso-2022-jp', 'shift_jis', 'utf-8'],
    subjects: ['予約の変更について', '検診のお願い', '詰め物が取れました'],
    bodies: [
      'お世話になっております。\n\n来週の予約を金曜日の午後に変更していただけますか。\nよろしくお願いいたします。\n\n山田花子',
      '昨日、奥歯の詰め物が取れてしまいました。早めに診ていただけると助かります。\n\n山田',
    ],
  },
  {
    patients: ['patient-8'],
    charsets: ['gb18030', 'big5', 'utf-8'],
    subjects: ['預約洗牙', '牙痛求診', '收據'],
    bodies: [
      '您好：\n\n我想預約下星期三洗牙，上午十點可以嗎？謝謝！\n\n王小明',
      '醫生您好，右下方的牙齒一直很痛，請問今天可以看診嗎？\n\n王小明',
    ],
  },
  {
    patients: ['patient-9'],
    charsets: ['windows-1256', 'utf-8'],
    subjects: ['موعد تنظيف الأسنان', 'استفسار عن التقويم', 'ألم في الضرس'],
    bodies: [
      'مرحبا،\n\nهل يمكنني تغيير موعدي إلى يوم الخميس صباحا؟\n\nشكرا لكم\nليلى حداد',
      'السلام عليكم، ما هي تكلفة تقويم الأسنان (Invisalign) من فضلكم؟\n\nليلى',
    ],
  },
  {
    patients: ['patient-10'],
    charsets: ['iso-8859-8', 'utf-8'],
    subjects: ['תור לשיננית', 'שאלה על הסתימה', 'קבלה עבור הטיפול'],
    bodies: [
      'שלום רב,\n\nהאם אפשר להקדים את התור ליום ראשון בבוקר?\n\nתודה,\nדוד לוי',
      'שלום, אשמח לקבל עותק של הקבלה מהטיפול האחרון (12.10).\n\nדוד',
    ],
  },
  {
    patients: ['patient-11'],
    charsets: ['iso-8859-7', 'utf-8'],
    subjects: ['Αλλαγή ραντεβού', 'Ερώτηση για τη γέφυρα', 'Πονόδοντος'],
    bodies: [
      'Καλημέρα σας,\n\nθα ήθελα να αλλάξω το ραντεβού μου για την Τετάρτη το απόγευμα.\n\nΕυχαριστώ,\nΓιώργος Παπαδόπουλος',
      'Γεια σας, από χθες πονάει το δόντι με τη γέφυρα. Μπορώ να περάσω σήμερα;\n\nΓιώργος',
    ],
  },
  {
    patients: ['patient-12'],
    charsets: ['utf-8'],
    subjects: ['अपॉइंटमेंट के बारे में', 'दाँत में दर्द', '😬 दाँत टूट गया!'],
    bodies: [
      'नमस्ते,\n\nक्या मैं शुक्रवार की सुबह का समय ले सकती हूँ? दाँत में बहुत दर्द है।\n\nधन्यवाद,\nप्रिया शर्मा',
      'नमस्ते 🙏 मेरा दाँत टूट गया है 😭 — कृपया आज ही समय दें।\n\nप्रिया',
    ],
  },
];
