/**
 * `npm run words`: lists the words of `scripts/checks/words/dialect.ts` in names, comments, messages and documents,
 * by file and line, and fails if there are any outside of the exempt files. `-- --all` lists those too.
 */

import { EXEMPT, isExempt } from './checks/words/exempt.ts'
import { findWordsInProject } from './checks/words/find-words.ts'
import { readArguments } from './lib/arguments.ts'
import { projectPath } from './lib/project.ts'

const { values } = readArguments('npm run words [-- --all]', {
  options: { all: { type: 'boolean', default: false } },
})

const found = findWordsInProject(projectPath('.'))
const words = values.all ? found : found.filter(({ path }) => !isExempt(path))
for (const { path, line, word, instead, text } of words) {
  console.log(`${path}:${line}: ${word} (write: ${instead})\n    ${text}`)
}
for (const name of EXEMPT) {
  if (!found.some(({ path }) => isExempt(path, [name])))
    console.log(`${name} is clean: take it out of scripts/checks/words/exempt.ts`)
}
const exempt = found.length - words.length
console.log(`${words.length} words to replace${exempt === 0 ? '' : `, ${exempt} in exempt files`}`)
if (words.length > 0) process.exitCode = 1
