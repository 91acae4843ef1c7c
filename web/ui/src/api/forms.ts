import { api, type Schemas } from "./client";

export type Form = Schemas["Form"];
export type FormField = Schemas["FormField"];
export type FieldError = Schemas["FieldError"];
export type Option = Schemas["Option"];
export type OptionList = Schemas["OptionList"];
export type ItemsRecognised = Schemas["ItemsRecognised"];
export type Values = Schemas["Values"];

/** Which options of a field are wanted. */
export interface OptionsWanted {
  values: Values;
  search?: string;
  only?: string[];
  limit?: number;
}

export interface ItemsGiven {
  text: string;
  values: Values;
}

export async function fillForm(report: string, body: { values: Values; revision?: number }, signal: AbortSignal): Promise<Form> {
  return (await api.POST("/reports/{report}/form", { params: { path: { report } }, body, signal })).data!;
}

export async function listFieldOptions(
  report: string,
  field: string,
  body: OptionsWanted & { revision?: number },
  signal: AbortSignal,
): Promise<OptionList> {
  return (await api.POST("/reports/{report}/options/{field}", { params: { path: { report, field } }, body: full(body), signal })).data!;
}

export async function recogniseItems(
  report: string,
  field: string,
  body: ItemsGiven & { revision?: number },
  signal: AbortSignal,
): Promise<ItemsRecognised> {
  return (await api.POST("/reports/{report}/recognise/{field}", { params: { path: { report, field } }, body, signal })).data!;
}

/** A document that is not saved, and as whom it is looked at. */
export interface Tried {
  document: string;
  report?: string;
  group?: string;
}

export async function tryForm(body: Tried & { values: Values }, signal: AbortSignal): Promise<Form> {
  return (await api.POST("/trial/form", { body, signal })).data!;
}

export async function tryFieldOptions(field: string, body: Tried & OptionsWanted, signal: AbortSignal): Promise<OptionList> {
  return (await api.POST("/trial/options/{field}", { params: { path: { field } }, body: full(body), signal })).data!;
}

export async function tryItems(field: string, body: Tried & ItemsGiven, signal: AbortSignal): Promise<ItemsRecognised> {
  return (await api.POST("/trial/recognise/{field}", { params: { path: { field } }, body, signal })).data!;
}

const usualLimit = 100;

function full<T extends OptionsWanted>(body: T) {
  return { ...body, limit: body.limit ?? usualLimit };
}
