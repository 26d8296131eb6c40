import { rowsBelow } from '../mutation.ts'

const EXAMPLE = 'emulator/cloud/example/example.test.ts'
const rows = rowsBelow('emulator/cloud/example/')

/** What loads and removes the example data of a project. */
export const EXAMPLE_GUARDS = rows(
  [
    'a document that is there is not replaced by one of the example',
    'example.ts',
    '      if (this.#find(collection, id)) continue\n',
    '',
    EXAMPLE,
    'loads beside what is there, and removes exactly what it has loaded',
  ],
  [
    'a document of the example that somebody has changed is not removed unasked',
    'example.ts',
    'isChanged: digestOf(document) !== digest',
    'isChanged: false',
    EXAMPLE,
    'asks what happens to a document that somebody has changed',
  ],
  [
    'changed documents of the example stay where that is the answer',
    'example.ts',
    "!isChanged || changed === 'remove'",
    '!isChanged || changed !== undefined',
    EXAMPLE,
    'asks what happens to a document that somebody has changed, and keeps it on request',
  ],
  [
    'an example is loaded once',
    'example.ts',
    "    if (state === 'loaded') throw new ExampleError('示例数据已经载入 · the example is loaded already')\n",
    '',
    EXAMPLE,
    'is not loaded twice',
  ],
  [
    'what a killed loading has left is removed at the next start',
    'example.ts',
    '    this.#removeUnfinished()\n  }\n\n  get state',
    '  }\n\n  get state',
    EXAMPLE,
    'removes at the start what a killed process has left of a loading',
  ],
)
