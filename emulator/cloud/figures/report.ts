import type {
  AuthorizationPrices,
  DayFigures,
  Figures,
  FunctionFigures,
  Refusals,
} from '../../control/figures.ts'
import type { FunctionRecord, NamedDay } from './day-record.ts'
import { joinDurations, quantile } from './durations.ts'

/** Adds days up for the console. */
export function reportOf(
  days: readonly NamedDay[],
  { prices, loginKinds }: { prices: AuthorizationPrices; loginKinds: readonly string[] },
): Figures {
  const functions = new Map<string, FunctionRecord[]>()
  for (const { record } of days) {
    for (const [name, figures] of Object.entries(record.functions)) {
      functions.set(name, [...(functions.get(name) ?? []), figures])
    }
  }
  const refusals = [...functions].flatMap(([name, records]) => refusalsOf(name, records))
  return {
    days: days.map((day) => dayFigures(day, prices)),
    functions: [...functions]
      .map(([name, records]) => functionFigures(name, records))
      .sort((a, b) => b.calls - a.calls),
    refusals: refusals.sort((a, b) => b.count - a.count),
    loginKinds,
    prices,
  }
}

function dayFigures({ day, record }: NamedDay, prices: AuthorizationPrices): DayFigures {
  const { quick, realtime } = record.authorizations
  const functions = Object.values(record.functions)
  return {
    day,
    calls: sum(functions.map(({ calls }) => calls)),
    refused: sum(functions.map(refusedOf)),
    logins: record.logins,
    authorizations: record.authorizations,
    costYuan: quick * prices.quickYuan + realtime * prices.realtimeYuan,
  }
}

function functionFigures(name: string, records: readonly FunctionRecord[]): FunctionFigures {
  const durations = joinDurations(records.map((record) => record.durations))
  const [median, p95] = [quantile(durations, 0.5), quantile(durations, 0.95)]
  return {
    name,
    calls: sum(records.map(({ calls }) => calls)),
    refused: sum(records.map(refusedOf)),
    coldStarts: sum(records.map(({ coldStarts }) => coldStarts)),
    ...(median === undefined ? {} : { medianMilliseconds: median }),
    ...(p95 === undefined ? {} : { p95Milliseconds: p95 }),
  }
}

function refusalsOf(functionName: string, records: readonly FunctionRecord[]): Refusals[] {
  const reasons = new Set(records.flatMap(({ refusals }) => Object.keys(refusals)))
  return [...reasons].map((reason) => ({
    functionName,
    reason,
    count: sum(records.map(({ refusals }) => refusals[reason] ?? 0)),
  }))
}

const refusedOf = ({ refusals }: FunctionRecord) => sum(Object.values(refusals))

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0)
