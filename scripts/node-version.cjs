// Runs before anything else, so it is written in a JavaScript that every Node understands.
var major = Number(process.versions.node.split('.')[0])
if (major < 20) {
  console.error(
    'Node ' +
      process.versions.node +
      ' is too old: this project needs Node 20 or newer (https://nodejs.org).',
  )
  process.exit(1)
}
