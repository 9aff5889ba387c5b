package report

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"

	"github.com/xmlint/xmlint/internal/document"
	"github.com/xmlint/xmlint/planner"
)

// ReadPlans reads the plans of a document that xmlint wrote as JSON: of plan,
// or of another command whose document has plans. It may be in UTF-16, as
// PowerShell writes what a program prints.
func ReadPlans(raw []byte) ([]*planner.Plan, error) {
	text, err := document.DecodeJSON("", raw, document.Limits{MaxBytes: math.MaxInt64})
	if err != nil {
		return nil, err
	}
	var head struct {
		FormatVersion string          `json:"format_version"`
		Tool          Tool            `json:"tool"`
		Plans         json.RawMessage `json:"plans"`
	}
	err = json.Unmarshal(text.Bytes, &head)
	if err != nil || head.Tool.Name != "xmlint" || head.Plans == nil {
		return nil, errors.New("it holds no plans that xmlint wrote as JSON")
	}
	if head.FormatVersion != FormatVersion {
		return nil, fmt.Errorf("its format_version is %q, and this xmlint reads %q", head.FormatVersion, FormatVersion)
	}
	var plans []*planner.Plan
	if err := json.Unmarshal(head.Plans, &plans); err != nil {
		return nil, fmt.Errorf("its plans are not as xmlint writes them: %w", err)
	}
	for i, p := range plans {
		if p == nil {
			return nil, fmt.Errorf("its plan %d is null", i+1)
		}
		for _, s := range p.Steps {
			if s == nil {
				return nil, fmt.Errorf("its plan of %s has a step that is null", p.Deployment)
			}
		}
	}
	return plans, nil
}
