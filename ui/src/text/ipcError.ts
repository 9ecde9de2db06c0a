import type { ErrorCode, IpcError } from '../ipc/generated/contract';
import { errorActions } from './errors';

function isErrorCode(value: unknown): value is ErrorCode {
  return typeof value === 'string' && Object.hasOwn(errorActions, value);
}

/** Whatever a call was refused with, as an `IpcError`: a fault of ours becomes `internal`. */
export function toIpcError(thrown: unknown): IpcError {
  if (typeof thrown === 'object' && thrown !== null && 'code' in thrown && isErrorCode(thrown.code)) {
    return thrown as IpcError;
  }
  const detail = thrown instanceof Error ? thrown.message : String(thrown);
  return {
    code: 'internal',
    detail,
    retryable: true,
    retryAt: null,
    missingScopes: null,
    correlationId: '',
    field: null,
  };
}
