using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Spectre.Console;

namespace MlOps.Cli;

/// <summary>Writes a command's answer: a table for people, or one JSON document for programs.</summary>
internal sealed class CommandOutput(TextWriter writer, bool json)
{
    private static readonly JsonSerializerOptions _json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DictionaryKeyPolicy = null,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    /// <summary>Whether programs read it.</summary>
    public bool IsJson => json;

    /// <summary>Writes the JSON document, or, for people, what <paramref name="text"/> writes.</summary>
    public void Write(object document, Action<CommandOutput> text)
    {
        if (json)
        {
            writer.WriteLine(JsonSerializer.Serialize(document, _json));
        }
        else
        {
            text(this);
        }
    }

    /// <summary>Writes a line for people.</summary>
    public void Line(string text = "") => writer.WriteLine(text);

    /// <summary>Writes a table for people, or a line when there are no rows.</summary>
    public void Table<T>(IReadOnlyList<T> rows, string whenEmpty, params (string Header, Func<T, string> Cell)[] columns)
    {
        if (rows.Count == 0)
        {
            Line(whenEmpty);
            return;
        }

        var table = new Table { Border = TableBorder.Minimal };
        foreach (var (header, _) in columns)
        {
            table.AddColumn(new TableColumn(new Text(header)).NoWrap());
        }

        foreach (var row in rows)
        {
            table.AddRow(columns.Select(column => new Text(column.Cell(row))));
        }

        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer) });
        if (!ReferenceEquals(writer, Console.Out) || Console.IsOutputRedirected)
        {
            // A file or a pipe has no width: nothing is cut off.
            console.Profile.Width = 10_000;
        }

        console.Write(table);
    }
}
