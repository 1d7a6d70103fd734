using System.Globalization;
using System.Text;

namespace MlOps.Reports.Rendering;

/// <summary>Writes markup that is both HTML5 and well-formed XML; everything given to it is escaped.</summary>
internal sealed class MarkupWriter
{
    private static readonly HashSet<string> Childless = ["meta", "br", "path", "line", "rect", "circle", "polygon"];
    private readonly StringBuilder _output = new();
    private readonly Stack<string> _open = new();
    private bool _inTag;

    public MarkupWriter Start(string tag, string? cssClass = null)
    {
        CloseTag();
        _output.Append('<').Append(tag);
        _open.Push(tag);
        _inTag = true;
        return cssClass is null ? this : Attribute("class", cssClass);
    }

    public MarkupWriter Attribute(string name, string value)
    {
        _output.Append(' ').Append(name).Append("=\"");
        Escape(value);
        _output.Append('"');
        return this;
    }

    public MarkupWriter Attribute(string name, double value) =>
        Attribute(name, Math.Round(value, 2).ToString("0.##", CultureInfo.InvariantCulture));

    public MarkupWriter Text(string text)
    {
        CloseTag();
        Escape(text);
        return this;
    }

    public MarkupWriter End()
    {
        var tag = _open.Pop();
        if (_inTag && Childless.Contains(tag))
        {
            _output.Append("/>");
            _inTag = false;
            return this;
        }

        CloseTag();
        _output.Append("</").Append(tag).Append('>');
        return this;
    }

    public MarkupWriter Element(string tag, string text, string? cssClass = null) => Start(tag, cssClass).Text(text).End();

    public MarkupWriter Line()
    {
        CloseTag();
        _output.Append('\n');
        return this;
    }

    public override string ToString() => _output.ToString();

    private void CloseTag()
    {
        if (_inTag)
        {
            _output.Append('>');
            _inTag = false;
        }
    }

    private void Escape(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            switch (rune.Value)
            {
                case '&':
                    _output.Append("&amp;");
                    break;
                case '<':
                    _output.Append("&lt;");
                    break;
                case '>':
                    _output.Append("&gt;");
                    break;
                case '"':
                    _output.Append("&#34;");
                    break;
                case '\'':
                    _output.Append("&#39;");
                    break;
                case '\n' or '\t':
                    _output.Append((char)rune.Value);
                    break;
                case < 0x20 or (>= 0x7f and < 0xa0) or 0xfffe or 0xffff:
                    _output.Append('\uFFFD');
                    break;
                default:
                    _output.Append(rune.ToString());
                    break;
            }
        }
    }
}
