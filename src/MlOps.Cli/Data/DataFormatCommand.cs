using System.CommandLine;
using MlOps.Data;

namespace MlOps.Cli.Data;

/// <summary><c>mlops data format</c>.</summary>
internal static class DataFormatCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("file") { Description = "A CSV file." };
        var command = new Command("format", "Says how a CSV file would be read, and why: delimiter, encoding, decimals and the type of each column.")
        {
            file,
        };
        CsvArguments.AddTo(command);
        command.WithExamples("mlops data format kunden.csv", "mlops data format kunden.csv --encoding windows-1252 --type plz=text");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var format = await CsvFormat.DetectAsync(parsed.GetValue(file)!, parsed.Csv(), cancellationToken).ConfigureAwait(false);
            parsed.Output().Write(
                new
                {
                    format.Delimiter,
                    format.Quote,
                    format.HasHeader,
                    format.DecimalSeparator,
                    Encoding = format.Encoding.WebName,
                    format.Columns,
                    format.Reasons,
                },
                output => output.Line(format.ToString().TrimEnd()));
            return ExitCodes.Success;
        });
        return command;
    }
}
