package api

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/web/api/internal/contract"
)

// path holds its parameters against the document: one that names nothing possible leads nowhere.
func (s *server) path(c *gin.Context) {
	for _, parameter := range visitOf(c).operation.Parameters {
		if parameter.In == "path" && len(s.contract.CheckParameter(parameter, c.Param(parameter.Name))) > 0 {
			s.fail(c, fault.New(fault.NotFound, "There is nothing at this address."))
			return
		}
	}
}

// parameters holds those of the query and the headers against the document.
func (s *server) parameters(c *gin.Context) {
	var mistakes mistaken
	for _, parameter := range visitOf(c).operation.Parameters {
		if parameter.In == "path" {
			continue
		}
		texts := parameterTexts(c, parameter)
		if len(texts) == 0 && parameter.Required {
			mistakes = append(mistakes, contract.Mistake{Field: parameter.Name, Message: parameter.Name + " is missing."})
		}
		if len(texts) > 1 {
			mistakes = append(mistakes, contract.Mistake{Field: parameter.Name, Message: parameter.Name + " must be given once."})
			continue
		}
		for _, text := range texts {
			mistakes = append(mistakes, s.contract.CheckParameter(parameter, text)...)
		}
	}
	if len(mistakes) > 0 {
		s.fail(c, mistakes)
	}
}

func parameterTexts(c *gin.Context, parameter contract.Parameter) []string {
	if parameter.In == "header" {
		return c.Request.Header.Values(parameter.Name)
	}
	return c.QueryArray(parameter.Name)
}

// body reads a JSON body within its limit and holds it against the document; the handler gets the same bytes. Other bodies are only
// limited.
func (s *server) body(c *gin.Context) {
	op := visitOf(c).operation
	c.Request.Body = http.MaxBytesReader(c.Writer, c.Request.Body, op.MaxBytes)
	if op.Body == nil {
		return
	}
	media, _, err := mime.ParseMediaType(c.GetHeader("Content-Type"))
	if err != nil || media != op.Body.Media {
		s.fail(c, refuse(http.StatusUnsupportedMediaType, "Send the body as %s.", op.Body.Media))
		return
	}
	if media != "application/json" {
		return
	}
	data, err := s.inTime(c, op.MaxBytes)
	if err == nil {
		err = s.checkJSON(op.Body.Schema, data)
	}
	if err != nil {
		s.fail(c, unread(err))
		return
	}
	c.Request.Body = io.NopCloser(bytes.NewReader(data))
}

// slowest is how many bytes a second somebody must send.
const slowest = 128 << 10

// inTime reads the body of somebody who sends it at a reasonable pace: connections that trickle would add up.
func (s *server) inTime(c *gin.Context, most int64) ([]byte, error) {
	if told := c.Request.ContentLength; told >= 0 {
		most = min(most, told)
	}
	connection := http.NewResponseController(c.Writer)
	_ = connection.SetReadDeadline(time.Now().Add(s.Patience + time.Duration(most/slowest)*time.Second)) // not every writer has deadlines
	data, err := io.ReadAll(c.Request.Body)
	if err == nil { // otherwise the server would wait for the rest
		_ = connection.SetReadDeadline(time.Time{})
	}
	return data, err
}

func (s *server) checkJSON(schema *contract.Schema, data []byte) error {
	value, err := decoded(data)
	if err != nil {
		return err
	}
	if mistakes := s.contract.Check(schema, value); len(mistakes) > 0 {
		return mistaken(mistakes)
	}
	return nil
}

// decoded is the one JSON value of the data.
func decoded(data []byte) (value any, err error) {
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber()
	if err := decoder.Decode(&value); err != nil {
		return nil, malformed(err, len(data))
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return nil, refuse(http.StatusBadRequest, "The body is not JSON: something follows the value, after byte %d.", decoder.InputOffset())
	}
	return value, nil
}

func malformed(err error, length int) error {
	var syntax *json.SyntaxError
	switch {
	case length == 0:
		return refuse(http.StatusBadRequest, "The body is empty; JSON is needed.")
	case errors.As(err, &syntax):
		return refuse(http.StatusBadRequest, "The body is not JSON: there is a mistake at byte %d.", syntax.Offset)
	}
	return refuse(http.StatusBadRequest, "The body is not JSON: it ends too early.")
}

// unread words an error of reading a body: a connection that broke is not the service's failure.
func unread(err error) error {
	var over *http.MaxBytesError
	var known *fault.Error
	if errors.As(err, &over) || errors.As(err, &known) {
		return err
	}
	return refuse(http.StatusBadRequest, "The body of the request did not arrive whole.")
}
