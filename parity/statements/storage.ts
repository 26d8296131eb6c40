import { SOURCES } from './sources.ts'
import { differs, type StatementGroup, same, statement } from './statement.ts'

export const STORAGE_STATEMENTS: StatementGroup = {
  english: 'Storage',
  chinese: '云存储',
  statements: [
    statement(
      'storage-upload-answer',
      '`uploadFile`: fields and contents that it takes',
      '`uploadFile`：返回的字段、接受的内容',
    ),
    statement(
      'storage-overwrite',
      'a second upload to a path replaces the file and keeps its id',
      '同一路径再次上传即覆盖，fileID 不变',
      same(SOURCES.upload),
    ),
    statement(
      'storage-file-id',
      'a `fileID` is `cloud://<environment>.<bucket>/<path>`',
      '`fileID` 形如 `cloud://<环境>.<存储桶>/<路径>`',
    ),
    statement(
      'storage-cloud-path',
      '`cloudPath` takes no slash at its ends, no empty part, no `..`; else -503001',
      '`cloudPath` 首尾无斜杠、无空段、无 `..`，否则 -503001',
    ),
    statement(
      'storage-temporary-address',
      '`getTempFileURL`: an address ends after `maxAge` or ten minutes, also of a file that all may read',
      '`getTempFileURL`：链接在 `maxAge` 或十分钟后失效，所有人可读的文件也一样',
      differs(SOURCES.address),
    ),
    statement(
      'storage-download',
      '`downloadFile`: fields, and errors of files that are not there',
      '`downloadFile`：字段，以及文件不存在时的错误',
    ),
    statement(
      'storage-delete',
      '`deleteFile`: a status for each file; at most 50',
      '`deleteFile`：每个文件一个状态，一次最多 50 个',
    ),
  ],
}
