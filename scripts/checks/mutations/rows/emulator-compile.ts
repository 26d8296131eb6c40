import type { Mutation } from '../mutation.ts'
import { rowsBelow } from '../mutation.ts'

const MODULES = 'emulator/phone/test/modules.test.ts'
const STYLES = 'emulator/phone/test/styles.test.ts'

/** What the compiler of mini-programs does as WeChat's does. */
export const COMPILE_GUARDS: readonly Mutation[] = rowsBelow('emulator/phone/compile/')(
  [
    'a file saved during a build is part of the next one',
    'source-files.ts',
    'for (const path of paths) if (SOURCE.test(path)) this.#content(path)',
    '',
    'emulator/phone/test/build.test.ts',
    'saved during a build',
  ],
  [
    'scripts are strict where WeChat makes them so',
    'module-compiler.ts',
    'const isStrict = this.#isStrict && !',
    'const isStrict = false && !',
    MODULES,
    'each kind of module',
  ],
  [
    'scripts of a mini-program have no globals of a web page',
    'module-compiler.ts',
    "...Object.fromEntries(ABSENT_GLOBALS.map((name) => [name, 'undefined'])),",
    '',
    MODULES,
    'each kind of module',
  ],
  [
    'a sheet with an error leaves the others alone',
    'css-recovery.ts',
    'of splitStatements(css)',
    'of [{ text: css, line: 1 }]',
    STYLES,
    'what follows an error applies',
  ],
  [
    'an independent subpackage has no styles of the app',
    'selectors.ts',
    'independentRoots.map(',
    '([] as string[]).map(',
    STYLES,
    'independent subpackages',
  ],
  [
    'a page that isolates its styles has none of the app',
    'selectors.ts',
    'isolatedPages.map(',
    '([] as string[]).map(',
    'emulator/phone/test/style-isolation.test.ts',
    'styleIsolation of a page says',
  ],
)
