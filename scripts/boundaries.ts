/** `npm run boundaries`: fails unless every import follows the arrows of the layout, and none go in a circle. */
import { readArguments } from './arguments.ts'
import { findViolations, readSources } from './import-rules.ts'
import { giveUp, projectPath } from './project.ts'

readArguments('npm run boundaries', {})

const sources = readSources(projectPath('.'))
const violations = findViolations(sources)
if (violations.length > 0) giveUp(violations.join('\n'))
console.log(`${sources.size} files, no import against the layout`)
