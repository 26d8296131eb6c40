/** `npm run boundaries`: fails unless every import follows the arrows of the layout, and none go in a circle. */
import { findViolations, readSources } from './import-rules.ts'
import { giveUp, projectPath } from './project.ts'

const sources = readSources(projectPath('.'))
const violations = findViolations(sources)
if (violations.length > 0) giveUp(violations.join('\n'))
console.log(`${sources.size} files, no import against the layout`)
