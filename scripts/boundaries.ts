/** `npm run boundaries`: fails if an import breaks a rule of the layout, or files or folders import in a cycle. */

import { findViolations } from './checks/boundaries/find-violations.ts'
import { CHECKED_FOLDERS } from './checks/boundaries/import-rules.ts'
import { readSources } from './checks/boundaries/sources.ts'
import { readArguments } from './lib/arguments.ts'
import { fail, projectPath } from './lib/project.ts'

readArguments('npm run boundaries', {})

const sources = readSources(projectPath('.'), CHECKED_FOLDERS)
const violations = findViolations(sources)
if (violations.length > 0) fail(violations.join('\n'))
console.log(`${sources.size} files, no import against the layout`)
