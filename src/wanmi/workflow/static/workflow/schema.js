// Conditions between fields, written as if/then of JSON Schema, so that the API holds to them too.

/** Return the kind of field a schema describes. */
export function kindOf(said) {
  if (said["x-ui"]) return said["x-ui"];
  if (said.enum || said.oneOf) return "select";
  if (said.format === "date") return "date";
  return { boolean: "checkbox", number: "number", integer: "number" }[said.type] ?? "text";
}

/** Return {other, value} when a field is asked only if another says a value. */
export function conditionOf(schema, name) {
  const rule = (schema.allOf ?? []).find((each) => each["x-asks"] === name);
  if (!rule) return null;
  const [[other, said]] = Object.entries(rule.if.properties);
  return { other, value: said.const };
}

/** Return the schema with a field asked only if `other` is `value`; without `other`, always. */
export function withCondition(schema, name, other, value) {
  const rules = (schema.allOf ?? []).filter((each) => each["x-asks"] !== name);
  if (other) {
    rules.push({
      "x-asks": name,
      if: { properties: { [other]: { const: value } }, required: [other] },
      then: { required: [name] },
      else: { properties: { [name]: false } },
    });
  }
  const { allOf, ...rest } = schema;
  return rules.length ? { ...rest, allOf: rules } : rest;
}
