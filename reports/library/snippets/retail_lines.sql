-- The lines of the shop's invoices that the form asks for. The report needs the fields country, period, min_quantity and cancellations.
FROM online_retail
WHERE Country = {{ .country }}
  AND toDate(InvoiceDate) BETWEEN {{ .period.from }} AND {{ .period.to }}
  {{ if given .min_quantity }}AND Quantity >= {{ .min_quantity }}{{ end }}
  {{ if not .cancellations }}AND NOT startsWith(InvoiceNo, 'C'){{ end }}
