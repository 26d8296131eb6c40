/** `npm pack` runs this first: the command `add` and all that it brings, in `dist/add/`. */
import { writePackage } from './lib/add/packed/write-package.ts'
import { readArguments } from './lib/arguments.ts'

readArguments('npm pack', {})

for (const { path, bytes } of await writePackage()) console.error(`${path}  ${Math.round(bytes / 1024)} KB`)
