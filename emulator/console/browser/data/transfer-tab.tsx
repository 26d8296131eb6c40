import { useState } from 'preact/hooks'
import type { CollectionInfo } from '../../../control/collection.ts'
import type { CsvType, MergeResult } from '../../../control/documents.ts'
import { controlFile } from '../frame/api'
import { Notice, useAction } from '../frame/notice'
import { Toolbar } from '../frame/toolbar'
import { exportFile } from './export-file'
import { explainRefusal } from './refusal'

const CSV_TYPES: Readonly<Record<CsvType, string>> = {
  auto: '按每格判断',
  string: '文本',
  number: '数字',
  bool: '布尔',
  date: '时间',
  objectId: 'ObjectId',
  json: 'JSON',
}

/** Export of a whole collection, and imports: adding, or replacing everything. */
export function TransferTab({ collection }: { collection: CollectionInfo }) {
  const { name, documentCount } = collection
  const action = useAction()
  const path = `collections/${encodeURIComponent(name)}` as const
  const replaceAll = (file: File | undefined) =>
    file &&
    confirm(`用 ${file.name} 替换集合 ${name} 的 ${documentCount} 个文档？`) &&
    action.run(() => controlFile(`${path}/import`, file))
  return (
    <>
      <h3>导出 {documentCount} 个文档</h3>
      <Toolbar label="导出">
        <button type="button" onClick={() => action.run(() => exportFile(name, { format: 'jsonl' }))}>
          JSON Lines
        </button>
        <button type="button" onClick={() => action.run(() => exportFile(name, { format: 'csv' }))}>
          CSV
        </button>
      </Toolbar>
      <p class="faint">
        JSON Lines 保留全部类型（扩展 JSON），可以原样导回，也能导入云开发控制台。CSV 给表格软件用：对象拆成
        profile.city 这样的列，数组写成 JSON；时间、ObjectId 写成文本，null 和没有的字段都是空格子，二进制写成
        base64；以 = + - @ 开头的文本前面加一个 '，表格软件就不会当成公式。
      </p>
      <MergeFile collection={name} />
      <h3>导入并替换全部</h3>
      <Toolbar label="替换">
        <label class="file">
          导入（替换全部文档）
          <input
            type="file"
            accept=".json,.jsonl,.ndjson,application/json"
            onChange={(event) => replaceAll(event.currentTarget.files?.[0])}
          />
        </label>
      </Toolbar>
      {action.error && <Notice>{explainRefusal(action.error)}</Notice>}
    </>
  )
}

/** Says first what a file would add and replace, and does it on request. */
function MergeFile({ collection }: { collection: string }) {
  const [file, setFile] = useState<File>()
  const [types, setTypes] = useState<Record<string, CsvType>>({})
  const [result, setResult] = useState<MergeResult>()
  const [isDone, setDone] = useState(false)
  const action = useAction()
  const send = async (chosen: File, chosenTypes: Record<string, CsvType>, isDry: boolean) => {
    const query = new URLSearchParams({
      format: /\.csv$/i.test(chosen.name) ? 'csv' : 'json',
      types: JSON.stringify(chosenTypes),
      dry: isDry ? '1' : '0',
    })
    const path = `collections/${encodeURIComponent(collection)}/merge?${query}` as const
    await action.run(async () => {
      const answer = await controlFile(path, chosen)
      setResult(answer)
      setDone(!isDry && answer.errorCount === 0)
    })
  }
  const choose = (chosen: File | undefined) => {
    setFile(chosen)
    setTypes({})
    setResult(undefined)
    setDone(false)
    if (chosen) send(chosen, {}, true)
  }
  const retype = (path: string, type: CsvType) => {
    const changed = { ...types, [path]: type }
    setTypes(changed)
    if (file) send(file, changed, true)
  }
  return (
    <section aria-label="导入并合并">
      <h3>导入并合并</h3>
      <Toolbar label="合并">
        <label class="file">
          导入（按 _id 新增或替换）
          <input
            type="file"
            accept=".json,.jsonl,.ndjson,.csv,application/json,text/csv"
            onChange={(event) => choose(event.currentTarget.files?.[0])}
          />
        </label>
        {file && result && !isDone && (
          <button
            type="button"
            class="primary"
            disabled={result.errorCount > 0}
            onClick={() => send(file, types, false)}
          >
            导入 {result.added + result.replaced} 个文档
          </button>
        )}
      </Toolbar>
      {action.error && <Notice>{explainRefusal(action.error)}</Notice>}
      {result?.columns && !isDone && (
        <Toolbar label="每列的类型">
          {result.columns.map(({ path, type }) => (
            <label key={path}>
              {path}
              <select value={type} onChange={(event) => retype(path, event.currentTarget.value as CsvType)}>
                {Object.entries(CSV_TYPES).map(([id, text]) => (
                  <option key={id} value={id}>
                    {text}
                  </option>
                ))}
              </select>
            </label>
          ))}
        </Toolbar>
      )}
      {result && <MergeReport result={result} isDone={isDone} />}
    </section>
  )
}

function MergeReport({ result, isDone }: { result: MergeResult; isDone: boolean }) {
  const { added, replaced, unchanged, errors, errorCount } = result
  if (errorCount > 0) {
    return (
      <Notice>
        有 {errorCount} 处不能导入，什么都没有改：
        {errors.map(({ line, reason }) => (
          <span key={`${line} ${reason}`} class="line">
            第 {line} 行：{reason}
          </span>
        ))}
      </Notice>
    )
  }
  return (
    <p role="status">
      {isDone ? '已导入：' : '将会：'}新增 {added} 个，替换 {replaced} 个，{unchanged} 个相同。
    </p>
  )
}
