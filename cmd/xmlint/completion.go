package main

import (
	"bufio"

	"github.com/spf13/cobra"
)

func (a *app) completionCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "completion SHELL",
		Short: "print a completion script for a shell",
		Long:  "Prints a script that completes commands, flags and rules: for bash, zsh, fish or\npowershell.",
		Example: `  source <(xmlint completion bash)
  xmlint completion zsh > "${fpath[1]}/_xmlint"
  xmlint completion fish > ~/.config/fish/completions/xmlint.fish
  xmlint completion powershell | Out-String | Invoke-Expression`,
		Args:      exactlyOne("one shell: bash, zsh, fish or powershell"),
		ValidArgs: []string{"bash", "zsh", "fish", "powershell"},
		RunE: func(c *cobra.Command, args []string) error {
			w := bufio.NewWriter(a.stdout)
			var err error
			switch args[0] {
			case "bash":
				err = c.Root().GenBashCompletionV2(w, true)
			case "zsh":
				err = c.Root().GenZshCompletion(w)
			case "fish":
				err = c.Root().GenFishCompletion(w, true)
			case "powershell":
				err = c.Root().GenPowerShellCompletionWithDesc(w)
			default:
				return usagef("there are bash, zsh, fish and powershell", "there is no completion for %q", args[0])
			}
			if err == nil {
				err = w.Flush()
			}
			if err != nil {
				return &outputError{stdoutName, err}
			}
			return nil
		},
	}
}
