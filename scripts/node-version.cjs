// Runs before anything else, so it is written in a JavaScript that every Node understands.
const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Node ${process.versions.node} is too old: this project needs Node 20.19 or newer.`)
  console.error(`Node ${process.versions.node} 版本过低，请安装 Node 20.19 或更高版本：https://nodejs.org`)
  process.exit(1)
}
