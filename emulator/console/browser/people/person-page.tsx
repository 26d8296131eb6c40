import { useCallback, useEffect, useState } from 'preact/hooks'
import type { PersonDocuments } from '../../../control/documents.ts'
import type { JsonDocument, LoggedCall } from '../../../control/interface.ts'
import { documentAddress, idKey } from '../data/document-address'
import { ValueView } from '../data/value-view'
import { request } from '../frame/api'
import { EmptyState } from '../frame/empty-state'
import { formatBytes, formatTime } from '../frame/format'
import { listen, useLive } from '../frame/live'
import { Notice } from '../frame/notice'
import { openPhone } from '../frame/phones'
import { addressOf } from '../frame/route'
import { Toolbar } from '../frame/toolbar'
import { SubjectLinks } from '../operations/subject-links'
import { useOperations } from '../operations/use-operations'
import '../data/data.css'

/** The collection of the app's users, where the project names one. */
const USERS = document.body.dataset['userTable']

/** Documents are looked for again no sooner than after this time: every collection is read for it. */
const PAUSE_MILLISECONDS = 2000
const SHOWN_CALLS = 30

/** Everything that belongs to one WeChat account: user document, sessions, documents, files and calls. */
export function PersonPage({ openid }: { openid: string }) {
  const { collections, error } = usePersonDocuments(openid)
  const account = useLive('users', 'users', 'machine').data?.users.find((user) => user.openid === openid)
  const users = collections?.filter(({ collection }) => collection === USERS) ?? []
  const others = collections?.filter(({ collection }) => collection !== USERS) ?? []
  return (
    <section aria-label="一个人" class="person">
      <Toolbar label="这个人">
        <a href={addressOf('people')}>← 全部微信账号</a>
        <h2>
          <code>{openid}</code>
        </h2>
        <span class="space" />
        <button type="button" onClick={() => openPhone(openid)}>
          用这个账号开一台手机
        </button>
      </Toolbar>
      {account && (
        <p>
          微信绑定的手机号 +{account.countryCode} {account.purePhoneNumber}，最近使用{' '}
          {formatTime(account.activeAt)}
        </p>
      )}
      {error !== undefined && <Notice>{error}</Notice>}
      {users.flatMap(({ collection, documents }) =>
        documents.map((user) => (
          <UserDocument key={idKey(user['_id'])} collection={collection} user={user} />
        )),
      )}
      {others.map((found) => (
        <FoundDocuments key={found.collection} found={found} />
      ))}
      {collections?.length === 0 && (
        <EmptyState title="数据库里没有这个人的文档">
          这里找 openid 等于它的字段，以及等于它的用户文档 _id 的字段。用户在哪个集合，由 emulator.config 的
          userTable 说明。
        </EmptyState>
      )}
      <Files openid={openid} />
      <Calls openid={openid} />
    </section>
  )
}

function usePersonDocuments(openid: string) {
  const [state, setState] = useState<{ collections?: PersonDocuments[]; error?: string }>({})
  const load = useCallback(async () => {
    const query = USERS === undefined ? '' : `?${new URLSearchParams({ users: USERS })}`
    const path = `people/${encodeURIComponent(openid)}/documents${query}`
    try {
      setState(await request<{ collections: PersonDocuments[] }>('GET', path))
    } catch (error) {
      setState((before) => ({ ...before, error: (error as Error).message }))
    }
  }, [openid])
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    load()
    const end = listen((topics) => {
      if (!topics.includes('database') && !topics.includes('machine')) return
      timer ??= setTimeout(() => {
        timer = undefined
        load()
      }, PAUSE_MILLISECONDS)
    })
    return () => {
      clearTimeout(timer)
      end()
    }
  }, [load])
  return state
}

/** The fields of a user; lists of objects in it, such as sessions, as tables. */
function UserDocument({ collection, user }: { collection: string; user: JsonDocument }) {
  const operations = useOperations().data?.operations
  const lists = Object.entries(user).filter((entry): entry is [string, JsonDocument[]] => isTable(entry[1]))
  const names = new Set(lists.map(([name]) => name))
  return (
    <>
      <h3>
        用户 <a href={documentAddress(collection, user['_id'])}>{collection}</a>
        <SubjectLinks operations={operations} collection={collection} id={user['_id']} />
      </h3>
      <dl>
        {Object.entries(user)
          .filter(([name]) => !names.has(name))
          .map(([name, value]) => [
            <dt key={`${name} name`}>{name}</dt>,
            <dd key={name}>
              <ValueView value={value} />
            </dd>,
          ])}
      </dl>
      {lists.map(([name, rows]) => (
        <RowsTable key={name} caption={`${name}（${rows.length}）`} rows={rows} />
      ))}
    </>
  )
}

function isTable(value: unknown): value is JsonDocument[] {
  if (!Array.isArray(value) || value.length === 0) return false
  return value.every((item) => typeof item === 'object' && item !== null && !Array.isArray(item))
}

const SHOWN_COLUMNS = 8

function RowsTable({ caption, rows }: { caption: string; rows: readonly JsonDocument[] }) {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))].slice(0, SHOWN_COLUMNS)
  return (
    <section class="documents-table" aria-label={caption} tabindex={0}>
      <table>
        <caption>{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={JSON.stringify(row)}>
              {columns.map((column) => (
                <td key={column}>
                  <ValueView value={row[column]} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function FoundDocuments({ found: { collection, fields, total, documents } }: { found: PersonDocuments }) {
  return (
    <>
      <h3>
        <a href={addressOf('database', collection)}>{collection}</a> 共 {total} 个{' '}
        <span class="faint">按 {fields.join('、')}</span>
      </h3>
      <ul class="rows">
        {documents.map((document) => (
          <li key={idKey(document['_id'])} class="fault">
            <a href={documentAddress(collection, document['_id'])}>
              <ValueView value={document['_id']} />
            </a>
            <code>{summaryOf(document, fields)}</code>
          </li>
        ))}
        {total > documents.length && <li class="fault faint">还有 {total - documents.length} 个</li>}
      </ul>
    </>
  )
}

/** What tells the documents apart: without their ids and the fields that all of them share. */
function summaryOf(document: JsonDocument, fields: readonly string[]): string {
  const others = Object.entries(document).filter(([name]) => name !== '_id' && !fields.includes(name))
  const text = JSON.stringify(Object.fromEntries(others))
  return text.length > 140 ? `${text.slice(0, 140)}…` : text
}

function Files({ openid }: { openid: string }) {
  const { data } = useLive('storage/files', 'files', 'machine')
  const files = data?.files.filter(({ creator }) => creator === openid) ?? []
  if (files.length === 0) return null
  return (
    <>
      <h3>
        <a href={addressOf('files')}>云存储</a> 共 {files.length} 个
      </h3>
      <ul class="rows">
        {files.map(({ path, sizeBytes, uploadedAt }) => (
          <li key={path} class="fault">
            <code>{path}</code>
            <span class="number">{formatBytes(sizeBytes)}</span>
            <time>{formatTime(uploadedAt)}</time>
          </li>
        ))}
      </ul>
    </>
  )
}

function Calls({ openid }: { openid: string }) {
  const { data } = useLive('calls?limit=1000', 'calls', 'machine')
  const calls = data?.calls.filter((call) => call.openid === openid).reverse() ?? []
  if (calls.length === 0) return null
  return (
    <>
      <h3>
        <a href={addressOf('calls')}>云函数调用</a> 共 {calls.length} 次
      </h3>
      <ul class="rows">
        {calls.slice(0, SHOWN_CALLS).map((call) => (
          <li key={call.requestId} class="fault">
            <time>{formatTime(call.at)}</time>
            <a href={addressOf('calls', call.requestId)}>{call.functionName}</a>
            <span>{outcomeOf(call)}</span>
          </li>
        ))}
      </ul>
    </>
  )
}

function outcomeOf({ error, result }: LoggedCall): string {
  if (error) return String(error.errCode)
  const { code, reason } = (result ?? {}) as { code?: unknown; reason?: unknown }
  return [code, reason].filter((part) => part !== undefined).join(' ')
}
