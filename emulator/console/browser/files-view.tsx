import { control, type StoredFile } from './api'
import { formatBytes, formatTime } from './format'
import { useLive } from './live'
import { Notice, useAction } from './notice'

const PICTURE = /\.(png|jpe?g|gif|webp)$/i

/** Cloud storage: which files there are, whose they are, and what they show. */
export function FilesView() {
  const { data, error } = useLive<{ files: StoredFile[] }>('storage/files', 'files', 'machine')
  const action = useAction()
  const problem = error ?? action.error
  const remove = (path: string) =>
    confirm(`删除 ${path}？`) && action.run(() => control('DELETE', 'storage/files', { path }))
  return (
    <section aria-label="云存储">
      {problem && <Notice>{problem}</Notice>}
      <Notice kind="hint">
        权限：所有用户可读，仅创建者可写。云函数上传的文件属于管理员，小程序端不能覆盖或删除。
      </Notice>
      <table>
        <caption>{data ? `共 ${data.files.length} 个文件` : '正在读取…'}</caption>
        <thead>
          <tr>
            <th scope="col">预览</th>
            <th scope="col">路径</th>
            <th scope="col">大小</th>
            <th scope="col">创建者</th>
            <th scope="col">上传时间</th>
            <th scope="col">操作</th>
          </tr>
        </thead>
        <tbody>
          {data?.files.map((file) => (
            <tr key={`${file.path} ${file.uploadedAt}`}>
              <td>{PICTURE.test(file.path) && <Preview file={file} />}</td>
              <td>
                <code title={file.fileID}>{file.path}</code>
              </td>
              <td class="number">{formatBytes(file.sizeBytes)}</td>
              <td>{file.creator === undefined ? '管理员' : <code>{file.creator}</code>}</td>
              <td>{formatTime(file.uploadedAt)}</td>
              <td>
                <button type="button" class="danger" onClick={() => remove(file.path)}>
                  删除
                </button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {data?.files.length === 0 && <Notice kind="hint">还没有文件。</Notice>}
    </section>
  )
}

function Preview({ file }: { file: StoredFile }) {
  // The cloud names itself 127.0.0.1; this page may have been opened as localhost.
  const { pathname, search } = new URL(file.url)
  return <img class="preview" src={`${pathname}${search}`} alt={file.path} loading="lazy" />
}
