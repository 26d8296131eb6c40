import type { StoredFile } from '../../../control/storage.ts'
import { control } from '../frame/api'
import { formatBytes, formatTime } from '../frame/format'
import { useLive } from '../frame/live'
import { Notice, useAction } from '../frame/notice'
import { StoragePermission } from './storage-permission'

const PICTURE = /\.(png|jpe?g|gif|webp)$/i

/** Cloud storage: files with their creator and a preview of pictures. */
export function FilesView() {
  const { data, error } = useLive('storage/files', 'files', 'machine')
  const action = useAction()
  const problem = error ?? action.error
  const remove = (path: string) =>
    confirm(`删除 ${path}？`) && action.run(() => control('DELETE', 'storage/files', { path }))
  return (
    <section aria-label="云存储">
      {problem && <Notice>{problem}</Notice>}
      <StoragePermission />
      <table>
        <caption>{data ? `共 ${data.files.length} 个文件` : '正在读取…'}</caption>
        <thead>
          <tr>
            <th scope="col">预览</th>
            <th scope="col">路径</th>
            <th scope="col">大小</th>
            <th scope="col">创建者</th>
            <th scope="col">上传时间</th>
            <th scope="col" class="row-actions">
              操作
            </th>
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
              <td class="row-actions">
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
  // The cloud's addresses begin with 127.0.0.1. A page opened as localhost is another origin, so it needs only the path.
  const { pathname, search } = new URL(file.url ?? '', location.href)
  return <img class="preview" src={`${pathname}${search}`} alt={file.path} loading="lazy" />
}
