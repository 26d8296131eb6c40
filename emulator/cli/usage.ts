/** What `--help` prints. @param name as the command is typed, before its options */
export function usageOf(name: string): string {
  return `${name} [选项 options]

在一个微信云开发项目的文件夹里打开手机、控制台和本机云环境，项目里的文件一个也不改。
Opens a phone, a console and a local cloud on the WeChat project in this folder, and writes nothing into it.

  --project DIR              project.config.json 所在的文件夹 · folder of project.config.json (当前文件夹 this one)
  --port N                   端口，0 为任意空闲端口 · port, 0 takes any free one (5270)
  --data DIR                 数据目录 · folder of the data (项目以外，每个项目一个 one a project, outside it)
  --reset                    先清空数据 · deletes the data first
  --seed FILE                先导入：控制台的导出文件、一个集合的 JSON/JSONL，或放这些文件的文件夹；可重复
                             imports first: an export of the console, a collection's JSON or JSONL, a folder of those
  --permission users=PRIVATE 建集合并设权限，可重复 · makes a collection with a permission, repeatable
                             (READONLY, PRIVATE, ADMINWRITE, ADMINONLY)
  --install                  云函数缺少的 npm 包装进项目以外的缓存
                             installs packages that functions lack into a cache outside the project
  --network                  允许页面和云函数访问任何网站 · lets pages and functions reach any host
  --follow FILE              照着真实云端的差异运行（npm run parity -- compare --write）
                             follows the differences that were found in a real cloud
  --inspect[=PORT]           云函数可以打断点（9229） · functions can be debugged (9229)
  --open                     打开浏览器 · opens a browser
  --quiet                    终端里只显示错误 · shows errors alone in the terminal
  --json                     终端里每行一个 JSON：地址、调用、日志、编译结果
                             one JSON object a line: address, calls, logs, what builds find`
}
