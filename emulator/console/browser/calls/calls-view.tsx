import { useState } from 'preact/hooks'
import type { LoggedCall } from '../../../control/interface.ts'
import { control } from '../frame/api'
import { EmptyState } from '../frame/empty-state'
import { useLive } from '../frame/live'
import { Notice, useAction } from '../frame/notice'
import { Panes } from '../frame/panes'
import { useRemembered } from '../frame/remembered'
import { Toolbar } from '../frame/toolbar'
import { type CallFilter, filterCalls, NO_FILTER } from './call-filter'
import { useCalls } from './call-store'
import { CallTable } from './call-table'
import { FilterBar } from './filter-bar'
import { OpenCall } from './open-call'
import { TestCall } from './test-call'
import './calls.css'

const PAGE_SIZE = 100

/**
 * Calls of cloud functions, newest first, with the one that is open beside them. The cloud masks secrets and numbers.
 * @param requestId of the open call; empty for none
 */
export function CallsView({ requestId }: { requestId: string }) {
  const { calls, isLoaded, error } = useCalls()
  const users = useLive('users', 'users', 'machine').data?.users ?? []
  const [filter, setFilter] = useRemembered('console.calls.filter', filterOf)
  const names = new Map(users.map((user) => [user.openid, displayName(user)]))
  const nameOf = (openid: string) => names.get(openid) ?? openid
  const found = filterCalls(calls, filter)
  const open = calls.find((call) => call.requestId === requestId)
  return (
    <section aria-label="云函数调用" class="calls">
      {error && <Notice>{error}</Notice>}
      <TestCall calls={calls} />
      <Panes
        id="call"
        label="调用详情"
        sized="end"
        initial={520}
        minimum={320}
        minimumRest={320}
        start={
          <div class="calls-list">
            <FilterBar calls={calls} filter={filter} nameOf={nameOf} onFilter={setFilter} />
            <LogTools />
            <CallPages key={JSON.stringify(filter)} calls={found} selected={requestId} nameOf={nameOf} />
            {isLoaded && calls.length === 0 && (
              <EmptyState title="还没有调用">在手机上操作，或运行一次云端测试。</EmptyState>
            )}
            {calls.length > 0 && found.length === 0 && <EmptyState title="没有符合筛选的调用" />}
          </div>
        }
        end={
          requestId !== '' &&
          isLoaded && <OpenCall key={requestId} call={open} found={found} nameOf={nameOf} />
        }
      />
    </section>
  )
}

function filterOf(stored: unknown): CallFilter {
  const fields = (typeof stored === 'object' && stored !== null ? stored : {}) as Record<string, unknown>
  const names = Object.keys(NO_FILTER) as (keyof CallFilter)[]
  return Object.fromEntries(
    names.map((name) => [name, typeof fields[name] === 'string' ? fields[name] : '']),
  ) as unknown as CallFilter
}

const displayName = (user: { openid: string; nickname?: string }) => user.nickname || user.openid

function LogTools() {
  const { error, run } = useAction()
  return (
    <Toolbar label="调用记录">
      <button type="button" onClick={() => run(() => control('DELETE', 'calls'))}>
        清空记录
      </button>
      <button
        type="button"
        onClick={() => run(() => control('DELETE', 'instances'))}
        title="End all instances: the next call of every function starts cold"
      >
        结束所有实例（下次为冷启动）
      </button>
      {error && <Notice>{error}</Notice>}
    </Toolbar>
  )
}

interface CallPagesProps {
  calls: readonly LoggedCall[]
  selected: string
  nameOf: (openid: string) => string
}

/** A hundred calls at a time. */
function CallPages({ calls, selected, nameOf }: CallPagesProps) {
  const [page, setPage] = useState(0)
  const pages = Math.max(1, Math.ceil(calls.length / PAGE_SIZE))
  const shown = Math.min(page, pages - 1)
  if (calls.length === 0) return null
  return (
    <>
      <CallTable
        calls={calls.slice(shown * PAGE_SIZE, (shown + 1) * PAGE_SIZE)}
        caption={`${calls.length} 次调用${calls.length >= 1000 ? '（只留最近 1000 次）' : ''}`}
        selected={selected === '' ? undefined : selected}
        nameOf={nameOf}
      />
      {pages > 1 && (
        <Toolbar label="翻页">
          <button type="button" disabled={shown === 0} onClick={() => setPage(shown - 1)}>
            较新的
          </button>
          <span>
            第 {shown + 1} / {pages} 页
          </span>
          <button type="button" disabled={shown === pages - 1} onClick={() => setPage(shown + 1)}>
            较早的
          </button>
        </Toolbar>
      )}
    </>
  )
}
