import type { OpenApiName } from '../../../sdk-types/openapi.d.ts'
import type { OpenApiHandler } from '../openapi.ts'

type AnalysisName = Extract<OpenApiName, `analysis.${string}`>

/** Statistics of the mini-program: nobody has used it, so each answers its documented form without figures. */
export const ANALYSIS: Readonly<Record<AnalysisName, OpenApiHandler>> = {
  'analysis.getDailyRetain': emptyOf('ref_date', 'visit_uv_new', 'visit_uv'),
  'analysis.getWeeklyRetain': emptyOf('ref_date', 'visit_uv_new', 'visit_uv'),
  'analysis.getMonthlyRetain': emptyOf('ref_date', 'visit_uv_new', 'visit_uv'),
  'analysis.getDailySummary': emptyOf('list'),
  'analysis.getDailyVisitTrend': emptyOf('list'),
  'analysis.getWeeklyVisitTrend': emptyOf('list'),
  'analysis.getMonthlyVisitTrend': emptyOf('list'),
  'analysis.getUserPortrait': emptyOf('ref_date', 'visit_uv_new', 'visit_uv'),
  'analysis.getVisitDistribution': emptyOf('ref_date', 'list'),
  'analysis.getVisitPage': emptyOf('ref_date', 'list'),
}

function emptyOf(...fields: readonly string[]): OpenApiHandler {
  return ({ begin_date: begin, end_date: end }) => {
    if (typeof begin !== 'string' || typeof end !== 'string')
      return { errcode: 61500, errmsg: 'date format error' }
    const values = fields.map((field) => [field, field === 'ref_date' ? begin : []])
    return { errcode: 0, errmsg: 'ok', ...Object.fromEntries(values) }
  }
}
