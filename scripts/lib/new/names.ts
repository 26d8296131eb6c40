/** Names of one function or page. */
export interface Names {
  /** `travelNotes` */
  name: string
  /** `travel-notes` */
  file: string
  /** `TravelNotes` */
  type: string
}

/** Words that cannot name a variable, and what the templates import beside it. */
const RESERVED = new Set(
  (
    'arguments await break case catch class const continue debugger default delete do else enum eval export extends ' +
    'false finally for function if implements import in instanceof interface let new null package private protected ' +
    'public return static super switch this throw true try typeof undefined var void while with yield ' +
    'authenticated byAction main requestSchema serve shared textField v'
  ).split(' '),
)

/** @returns undefined unless it is camelCase, 2 to 31 letters and digits, and no reserved word */
export function namesOf(name: string): Names | undefined {
  if (!/^[a-z][A-Za-z0-9]{1,30}$/.test(name) || RESERVED.has(name)) return undefined
  return {
    name,
    file: name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
    type: name.charAt(0).toUpperCase() + name.slice(1),
  }
}

/** What users read: 1 to 20 characters in one line. */
export function isTitle(title: string): boolean {
  return /^[^\p{C}\p{Zl}\p{Zp}]{1,20}$/u.test(title) && title.trim() === title
}

/** The text as TypeScript has it. */
export function literal(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
}
