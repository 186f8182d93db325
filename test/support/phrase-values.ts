import type { Language } from '../../src/domain/language.ts';
import { DEFAULT_OPTIONS } from '../../src/domain/options.ts';
import {
  ACCOUNT,
  ALL,
  AMOUNT,
  COVERAGE,
  CUSTOM,
  facts,
  INVOICE,
  INVOICES,
  JOBS,
  known,
  LATER,
  NOW,
  special,
  summary,
  ticket,
} from './phrase-values.ts';

/** A request, an account and the like, to be put into sentences. */
