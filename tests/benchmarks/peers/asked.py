"""The delay that is asked of all of them alike, and the answer that the others give."""

import math
from statistics import NormalDist

__all__ = ["ANSWER", "DELAY_S", "MEAN_MS", "MEDIAN_MS", "P95_S", "P99_MS", "PATH", "SIGMA"]

PATH = "/v1.2.0-beta/tokenized/checkout"

DELAY_S = 0.1
MEDIAN_MS = 100
P99_MS = 161
"""Of the lognormal, in whole milliseconds because MockServer is told it so. The other two are told
the same distribution in their own words, by its 0.95 quantile and its sigma."""

SIGMA = math.log(P99_MS / MEDIAN_MS) / NormalDist().inv_cdf(0.99)
P95_S = DELAY_S * math.exp(SIGMA * NormalDist().inv_cdf(0.95))
MEAN_MS = MEDIAN_MS * math.exp(SIGMA**2 / 2)

ANSWER = (
    '{"statusCode":"0000","statusMessage":"Successful","paymentID":"TR0011ON1565154754797",'
    '"payerReference":"01770618575","customerMsisdn":"01770618575","trxID":"6H7801QFYM",'
    '"amount":"1499","transactionStatus":"Completed","paymentExecuteTime":'
    '"2019-08-07T11:15:56:336 GMT+0600","currency":"BDT","intent":"sale",'
    '"merchantInvoiceNumber":"MER1231"}'
)
"""What bKash answers to an execute, as the others answer to everything."""

REFUSED = '{"statusCode":"2062","statusMessage":"The payment has already been completed"}'
