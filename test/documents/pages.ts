import { readdirSync, readFileSync } from 'node:fs'
import { CHECKED_FOLDERS } from '../../scripts/checks/boundaries/import-rules.ts'
import { filesBelow } from '../../scripts/lib/files-below.ts'
import { projectPath } from '../../scripts/lib/project.ts'

/** Folders of the project whose files documents name. */
export const FOLDERS = [...CHECKED_FOLDERS, 'docs']

/** Every Markdown document of the project, by its path. */
export const PAGES = [
  ...readdirSync(projectPath('.')).filter((name) => name.endsWith('.md')),
  ...FOLDERS.flatMap((folder) => filesBelow(projectPath(folder)).map((file) => `${folder}/${file}`)).filter(
    (file) => file.endsWith('.md'),
  ),
]

/** Text of a document. */
export function readPage(path: string): string {
  return readFileSync(projectPath(path), 'utf8')
}
