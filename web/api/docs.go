package api

import (
	"bytes"
	"io/fs"
	"net/http"
	"slices"
	"time"

	"github.com/gin-gonic/gin"
	swaggerui "github.com/swaggo/files/v2"

	"github.com/vitrina-reports/vitrina/internal/fault"
)

// docsRoot is the page that shows the document.
const docsRoot = "/api/docs"

const docsPolicy = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; " +
	"connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"

const docsPage = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Vitrina API</title>
<link rel="stylesheet" href="` + docsRoot + `/swagger-ui.css">
<link rel="icon" href="` + docsRoot + `/favicon-32x32.png">
<div id="docs"></div>
<script src="` + docsRoot + `/swagger-ui-bundle.js"></script>
<script src="` + docsRoot + `/start.js"></script>
</html>
`

const docsScript = `SwaggerUIBundle({url: "` + Root + `/openapi.json", dom_id: "#docs", deepLinking: true, validatorUrl: null});
`

// docsFiles are those of Swagger UI that the page needs.
var docsFiles = []string{"swagger-ui.css", "swagger-ui-bundle.js", "favicon-32x32.png"}

func (s *server) docs(engine *gin.Engine) {
	engine.GET(docsRoot, func(c *gin.Context) {
		c.Header("Content-Security-Policy", docsPolicy)
		c.Data(http.StatusOK, "text/html; charset=utf-8", []byte(docsPage))
	})
	engine.GET(docsRoot+"/:file", s.docsFile)
}

func (s *server) docsFile(c *gin.Context) {
	name := c.Param("file")
	if name == "start.js" {
		c.Data(http.StatusOK, "text/javascript; charset=utf-8", []byte(docsScript))
		return
	}
	if !slices.Contains(docsFiles, name) {
		s.fail(c, fault.New(fault.NotFound, "There is nothing at this address."))
		return
	}
	data, err := fs.ReadFile(swaggerui.FS, name)
	if err != nil {
		s.fail(c, err)
		return
	}
	c.Header("Cache-Control", "max-age=86400")
	http.ServeContent(c.Writer, c.Request, name, time.Time{}, bytes.NewReader(data))
}
