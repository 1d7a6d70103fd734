using System.Text;

namespace MlOps.Reports.Rendering;

/// <summary>Lines of text of a limited width, with an indent.</summary>
internal sealed class TextPage(int width)
{
    public const int Narrowest = 40;
    private readonly StringBuilder _output = new();
    private readonly int _width = Math.Max(Narrowest, width);
    private int _indent;

    /// <summary>The columns left beside the indent.</summary>
    public int Width => Math.Max(Narrowest / 2, _width - _indent);

    public void Line(string text = "")
    {
        var line = text.TrimEnd();
        if (line.Length > 0)
        {
            _output.Append(' ', _indent).Append(line);
        }

        _output.Append('\n');
    }

    public void Wrapped(string text, string firstPrefix = "")
    {
        var prefix = firstPrefix;
        foreach (var line in PlainText.Wrap(PlainText.OneLine(text), Math.Max(10, Width - PlainText.Width(firstPrefix))))
        {
            Line(prefix + line);
            prefix = new string(' ', PlainText.Width(firstPrefix));
        }
    }

    public void Heading(string text, char underline)
    {
        foreach (var line in PlainText.Wrap(PlainText.OneLine(text), Width))
        {
            Line(line);
        }

        Line(new string(underline, Math.Min(Width, PlainText.Width(PlainText.OneLine(text)))));
    }

    public void Indented(Action content)
    {
        _indent += 2;
        content();
        _indent -= 2;
    }

    public override string ToString() => _output.ToString();
}
